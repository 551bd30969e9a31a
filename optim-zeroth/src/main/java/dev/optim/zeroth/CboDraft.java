package dev.optim.zeroth;

import org.jspecify.annotations.Nullable;

/** The settings of a {@link Cbo} on the way from one to the next. */
final class CboDraft {

  int particles;
  double timeStep;
  Drift drift;
  Noise noise;
  Alpha alpha;
  Correction correction;
  @Nullable Memory memory;
  @Nullable MiniBatch batch;
  @Nullable Polarisation polarisation;
  boolean driftFirst;
  @Nullable Boundary boundary;
  double collapse;
  Precision precision;

  CboDraft(Cbo cbo) {
    particles = cbo.particles();
    timeStep = cbo.timeStep();
    drift = cbo.drift();
    noise = cbo.noise();
    alpha = cbo.alpha();
    correction = cbo.correction();
    memory = cbo.memory();
    batch = cbo.batch();
    polarisation = cbo.polarisation();
    driftFirst = cbo.driftFirst();
    boundary = cbo.boundary();
    collapse = cbo.collapse();
    precision = cbo.precision();
  }

  Cbo build() {
    return new Cbo(
        particles,
        timeStep,
        drift,
        noise,
        alpha,
        correction,
        memory,
        batch,
        polarisation,
        driftFirst,
        boundary,
        collapse,
        precision);
  }
}
