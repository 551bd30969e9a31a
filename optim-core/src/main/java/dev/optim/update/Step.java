package dev.optim.update;

import java.util.Arrays;

/**
 * What a rule has to know of one step of one piece of a tensor beside its arrays. Made by {@link
 * Updater}, read by {@link UpdateRule}; the object is re-used from step to step.
 *
 * <p>A rule of several passes hands numbers from one pass to the next through slots: each piece
 * {@linkplain #add adds} or {@linkplain #raise raises} its own, and the later passes read the
 * {@linkplain #sum sum} or {@linkplain #maximum maximum} over all pieces of the tensor, combined in
 * the order of the pieces.
 */
public final class Step {

  /** The slots for sums, and as many for maxima. */
  public static final int SLOTS = 4;

  private final TensorStep whole;
  private final double[] sums = new double[SLOTS];
  private final double[] maxima = new double[SLOTS];
  private int pass;
  private Scratch worker;

  Step(TensorStep whole, Scratch worker) {
    this.whole = whole;
    this.worker = worker;
  }

  /** Begins a pass of this piece on a worker. */
  void begin(int pass, Scratch worker) {
    this.pass = pass;
    this.worker = worker;
    if (pass == 0) {
      Arrays.fill(sums, 0);
      Arrays.fill(maxima, Double.NEGATIVE_INFINITY);
    }
  }

  /** Adds what this piece has found to the tensor's. */
  void combineInto(double[] totalSums, double[] totalMaxima) {
    for (int i = 0; i < SLOTS; i++) {
      totalSums[i] += sums[i];
      totalMaxima[i] = Math.max(totalMaxima[i], maxima[i]);
    }
  }

  /**
   * Which step of this tensor it is: steps for which the tensor had no gradient do not count.
   *
   * @return 1 at the first
   */
  public long t() {
    return whole.t();
  }

  /**
   * The step size now, by schedule and plateau.
   *
   * @return finite, at least 0
   */
  public double stepSize() {
    return whole.stepSize();
  }

  /**
   * By what the rule has to multiply each element of the gradient as it reads it: how clipping by
   * norm and averaging cost no pass of their own.
   *
   * @return 1 unless a transform scaled the gradient
   */
  public double gradientScale() {
    return whole.gradientScale();
  }

  /**
   * The tensor.
   *
   * @return name, offset and shape
   */
  public Parameters.Tensor tensor() {
    return whole.tensor();
  }

  /**
   * One of the numbers the rule keeps for this tensor.
   *
   * @param index by the order of {@link UpdateRule#scalars}
   * @return its value, 0 before the first step
   */
  public double scalar(int index) {
    return whole.scalars()[index];
  }

  /**
   * Which of the rule's passes over the tensor it is.
   *
   * @return 0 at the first
   */
  public int pass() {
    return pass;
  }

  /**
   * Adds to a sum over the tensor.
   *
   * @param slot which sum, less than {@link #SLOTS}
   * @param value what this piece adds
   */
  public void add(int slot, double value) {
    sums[slot] += value;
  }

  /**
   * Raises a maximum over the tensor.
   *
   * @param slot which maximum, less than {@link #SLOTS}
   * @param value what this piece has found
   */
  public void raise(int slot, double value) {
    maxima[slot] = Math.max(maxima[slot], value);
  }

  /**
   * A sum over the tensor, of the passes before this one.
   *
   * @param slot which sum, less than {@link #SLOTS}
   * @return 0 if nothing was added
   */
  public double sum(int slot) {
    return whole.sum(slot);
  }

  /**
   * A maximum over the tensor, of the passes before this one.
   *
   * @param slot which maximum, less than {@link #SLOTS}
   * @return negative infinity if nothing was raised, NaN if some value was NaN
   */
  public double maximum(int slot) {
    return whole.maximum(slot);
  }

  /**
   * Memory to work in, without meaning from call to call: it may be another thread's next.
   *
   * @param length how many numbers are needed; it costs an allocation whenever it is larger than
   *     ever before
   * @return at least as long; its content is undefined
   */
  public double[] scratch(int length) {
    return worker.doubles(length);
  }

  /**
   * The same in single precision.
   *
   * @param length how many numbers are needed; it costs an allocation whenever it is larger than
   *     ever before
   * @return at least as long; its content is undefined
   */
  public float[] floatScratch(int length) {
    return worker.floats(length);
  }

  /** The working memory of one worker. */
  static final class Scratch {

    private double[] doubles = new double[0];
    private float[] floats = new float[0];

    double[] doubles(int length) {
      if (doubles.length < length) {
        doubles = new double[length];
      }
      return doubles;
    }

    float[] floats(int length) {
      if (floats.length < length) {
        floats = new float[length];
      }
      return floats;
    }
  }
}
