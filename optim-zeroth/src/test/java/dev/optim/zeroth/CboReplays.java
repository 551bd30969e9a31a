package dev.optim.zeroth;

import static dev.optim.zeroth.Golden.close;
import static dev.optim.zeroth.Golden.number;
import static dev.optim.zeroth.Golden.rows;
import static dev.optim.zeroth.Golden.transposed;
import static dev.optim.zeroth.Golden.vector;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.optim.Objective;
import dev.optim.Run;
import dev.optim.state.Checkpoint;
import java.util.stream.IntStream;

/** Replays of consensus-based optimisation: CBXPy's and Riedl's. */
final class CboReplays {

  private CboReplays() {}

  static void effectiveSampleSize(JsonNode file) {
    for (JsonNode c : file.get("cases")) {
      double[] energy = vector(c.get("energy"));
      double alpha =
          Weights.alphaFor(
              number(c.get("target_ess")), energy, energy.length, new double[energy.length]);
      close("alpha", new double[] {alpha}, new double[] {number(c.get("alpha_exact"))}, 1e-11);
    }
  }

  static void consensus(JsonNode file) {
    for (JsonNode c : file.get("cases")) {
      double[] energy = vector(c.get("energy"));
      double[][] x = rows(c.get("x"));
      for (int i = 0; i < energy.length; i++) {
        energy[i] = Double.isFinite(energy[i]) ? energy[i] : Double.POSITIVE_INFINITY;
      }
      double[] weights = new double[energy.length];
      boolean known = Weights.of(energy, energy.length, number(c.get("alpha")), weights);
      String name = c.get("name").asText();
      if (name.endsWith("reference_behaviour")) {
        // CBXPy: all weights NaN. Here one bad value has no weight, and all of them no consensus.
        assertThat(known).as(name).isEqualTo(!name.startsWith("all"));
        continue;
      }
      // the reference rounds alpha f itself, this engine alpha (f - min f)
      double rounding = number(c.get("alpha")) * Math.abs(energy[0]) * 0x1p-52;
      boolean tied = name.startsWith("offset") || name.equals("all_equal") || name.contains("tie");
      double tolerance = tied ? rounding : 1e-12;
      close(name + " weights", weights, vector(c.get("weights")), tolerance);
      double[] mean = new double[x[0].length];
      Weights.mean(weights, x, x.length, mean);
      close(name + " consensus", mean, vector(c.get("consensus")), tolerance);
    }
  }

  static void polarised(JsonNode file) {
    for (JsonNode c : file.get("cases")) {
      Polarisation polarisation =
          new Polarisation(
              switch (c.get("kernel").asText()) {
                case "Gaussian" -> Polarisation.Kernel.GAUSSIAN;
                case "Laplace" -> Polarisation.Kernel.LAPLACE;
                default -> Polarisation.Kernel.INVERSE_QUADRATIC;
              },
              number(c.get("kappa")),
              c.get("kernel_factor_mode").asText().equals("alpha"));
      double[][] x = rows(c.get("x"));
      double[][] expected = rows(c.get("consensus"));
      int[] everyone = IntStream.range(0, x.length).toArray();
      double[][] out = new double[x.length][x[0].length];
      Polar polar = new Polar(polarisation, x.length, x[0].length);
      polar.listen(
          (j, to) -> System.arraycopy(x[j], 0, to, 0, to.length),
          vector(c.get("energy")),
          x.length,
          number(c.get("alpha")));
      polar.consensus(everyone, Swarm.of(Precision.DOUBLE, x), out);
      close("consensus", out, expected, 1e-12);
    }
  }

  /** Every step goes on from what the one before led to, never from the recorded point. */
  static void traces(JsonNode file) {
    for (JsonNode c : file.get("cases")) {
      RecordedChance chance = new RecordedChance();
      for (JsonNode step : c.get("trace")) {
        for (JsonNode z : step.get("z")) {
          chance.addDraws(rows(z.get(0)));
        }
        if (step.has("batch_idx")) {
          chance.addBatch(Golden.indices(step.get("batch_idx").get(0)));
        }
      }
      CboEngine engine = CboEngine.begin(settings(c), rows(c.get("x0").get(0)), chance, 0);
      AskTell dialogue = new AskTell("replay", engine);
      Run run = new EvaluatedRun(dialogue, objective(c));
      boolean memory = engine.memories() != null;
      for (JsonNode step : c.get("trace")) {
        close(
            "alpha",
            new double[] {engine.metric("alpha")},
            new double[] {number(step.get("alpha").get(0))},
            1e-12);
        run.advance();
        close("consensus", engine.center(), vector(step.get("consensus").get(0).get(0)), 1e-12);
        if (step.has("x")) {
          close("x", engine.particles(), rows(step.get("x").get(0)), 1e-12);
        }
        if (memory) {
          // CBXPy evaluates after the move, this engine before the next one
          CboEngine ahead = (CboEngine) engine.restored(saved(engine));
          new EvaluatedRun(new AskTell("ahead", ahead), objective(c)).advance();
          close("energy", ahead.energies(), vector(step.get("energy").get(0)), 1e-12);
          close("y", ahead.memories(), rows(step.get("y").get(0)), 1e-12);
          continue;
        }
        if (!step.has("energy")) {
          continue;
        }
        close("energy", engine.energies(), vector(step.get("energy").get(0)), 1e-12);
        double best = number(step.get("best_energy").get(0));
        if (c.get("extra").has("correction")) {
          // CBXPy forgets the consensus points it has evaluated
          assertThat(run.iterate().value()).isLessThanOrEqualTo(best * (1 + 1e-12));
        } else {
          close("best", new double[] {run.iterate().value()}, new double[] {best}, 1e-12);
        }
        // CBXPy spends n evaluations on finding out the dimension
        assertThat(run.iterate().evaluations().values())
            .isEqualTo(step.get("num_f_eval").get(0).asLong() - c.get("N").asLong());
        if (step.has("m")) {
          close("m", engine.moments().m, rows(step.get("m").get(0)), 1e-12);
          close("v", engine.moments().v, rows(step.get("v").get(0)), 1e-12);
        }
      }
      assertThat(chance.used()).isTrue();
    }
  }

  /** MATLAB's matrices have a particle in each column. */
  static void riedl(JsonNode file) {
    for (JsonNode c : file.get("cases")) {
      boolean memory = c.get("kind").asText().equals("memory");
      Noise.Scaled noise =
          new Noise.Scaled(
              c.get("anisotropic").asInt() == 0,
              number(c.get("sigma")),
              number(c.get("truncation_M")));
      RecordedChance chance = new RecordedChance();
      for (JsonNode step : c.get("trace")) {
        for (String z : memory ? new String[] {"z1", "z2"} : new String[] {"z"}) {
          chance.addDraws(transposed(rows(step.get(z))));
        }
      }
      Cbo cbo =
          Cbo.standard()
              .withTimeStep(number(c.get("dt")))
              .withDrift(Drift.linear(number(c.get("lambda"))))
              .withNoise(noise)
              .withAlpha(Alpha.constant(number(c.get("alpha"))))
              .withMemory(memory ? new Memory(0.4, 0.4 * noise.sigma()) : null)
              .withDriftFirst(true);
      double gamma = number(c.get("gamma_times_lr"));
      CboEngine engine = CboEngine.begin(cbo, transposed(rows(c.get("V0"))), chance, gamma);
      AskTell dialogue = new AskTell("replay", engine);
      Run run =
          gamma > 0
              ? new GradientRun(dialogue, Functions.RASTRIGIN_OF_RIEDL)
              : new EvaluatedRun(dialogue, objective(c));
      for (JsonNode step : c.get("trace")) {
        run.advance();
        close("consensus", engine.center(), vector(step.get("consensus")), 1e-9);
        close("V", engine.particles(), transposed(rows(step.get("V"))), 1e-9);
        close("energy", engine.energies(), vector(step.get(memory ? "energy_Y" : "energy")), 1e-9);
      }
      assertThat(chance.used()).isTrue();
    }
  }

  private static Cbo settings(JsonNode c) {
    JsonNode extra = c.get("extra");
    boolean isotropic = c.get("noise").asText().equals("isotropic");
    double sigma = number(c.get("sigma"));
    double lambda = number(c.get("lambda_"));
    Cbo cbo =
        Cbo.standard()
            .withTimeStep(number(c.get("dt")))
            .withDrift(Drift.linear(lambda))
            .withNoise(isotropic ? Noise.isotropic(sigma) : Noise.anisotropic(sigma))
            .withAlpha(Alpha.growing(number(c.get("alpha0")), number(c.get("alpha_factor")), 1e5));
    if (extra.has("correction")) {
      cbo =
          cbo.withCorrection(
              (extra.get("correction").asText().equals("heavi_side")
                      ? Correction.heaviside()
                      : Correction.regularised(number(extra.get("correction_eps"))))
                  .onNoiseToo());
    }
    if (extra.has("batch_args")) {
      JsonNode batch = extra.get("batch_args");
      cbo =
          cbo.withBatch(
              new MiniBatch(batch.get("size").asInt(), !batch.get("partial").asBoolean()));
    }
    return switch (c.get("dynamic").asText()) {
      case "CBO" -> cbo;
      case "AdamCBO" -> cbo.withDrift(Drift.adam(lambda, 0.9, 0.99, 1e-8));
      case "CBOMemory" -> cbo.withMemory(memory(c));
      case "CBS" -> cbo.withNoise(Noise.covariance(extra.get("mode").asText().equals("sampling")));
      default -> throw new IllegalStateException("unknown dynamic " + c.get("dynamic"));
    };
  }

  /** The reference code's defaults: 0.4, and 0.4 times sigma. */
  private static Memory memory(JsonNode c) {
    JsonNode extra = c.get("extra");
    double lambda = extra.has("lamda_memory") ? number(extra.get("lamda_memory")) : 0.4;
    return new Memory(
        lambda,
        extra.has("sigma_memory")
            ? number(extra.get("sigma_memory"))
            : lambda * number(c.get("sigma")));
  }

  private static Objective objective(JsonNode c) {
    String name = c.get("objective").asText();
    return switch (name) {
      case "Rastrigin" -> Functions::rastriginOfRiedl;
      case "Ackley" -> Functions::ackley;
      default -> Functions.BY_NAME.get(name);
    };
  }

  private static Checkpoint saved(CboEngine engine) {
    var builder = Checkpoint.builder();
    engine.save(builder);
    return builder.build();
  }
}
