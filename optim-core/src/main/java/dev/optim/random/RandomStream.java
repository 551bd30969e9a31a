package dev.optim.random;

import dev.optim.kernel.Elementary;
import dev.optim.kernel.RandomKernels;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A stream of random draws whose whole state is a key and a counter: draw number i of a kind is a
 * function of the key, the kind and i. The counter is the number of draws made, of any kind; each
 * draw reads its own position and advances the counter by one, and a fill of n elements is n draws.
 * So
 *
 * <ul>
 *   <li>{@code fillGaussian(a, 0, n)} gives the bits of any sequence of fills of its pieces, and of
 *       n single draws;
 *   <li>several threads fill the pieces of one array with {@code stream.at(stream.counter() +
 *       first)} each, and the result is that of one thread (then {@link #skip} the stream itself);
 *   <li>a stream is saved as {@link #key()} and {@link #counter()} and restored by {@link #at(Key,
 *       long)}.
 * </ul>
 *
 * The kinds are 32-bit words ({@code nextInt}, {@code nextFloat}, {@code fillUniform(float[])}),
 * 64-bit words ({@code nextLong}, {@code nextDouble}, {@code nextExponential}, {@code
 * fillUniform(double[])}), Gaussian floats and Gaussian doubles; different kinds are independent of
 * each other, also at the same position. Bounded integers reject, and may take more than one draw.
 *
 * <p>{@link #split} gives independent streams without drawing: one per member, worker or purpose.
 * The same bits result on every machine, with and without the Vector API. A stream is not
 * thread-safe; hand threads streams of their own.
 *
 * <p>The generator is Threefry-4x32 with 20 rounds (Salmon, Moraes, Dror and Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3", SC 2011). Gaussian draws are Box and Muller's, from words that
 * xoshiro128++ (Blackman and Vigna, ACM TOMS 2021) makes, 64 at a time from each state that
 * Threefry gives; they come in groups of 1024 (float) or 512 (double), which cost as much as one
 * draw. It is not meant for cryptography.
 *
 * <pre>{@code
 * RandomStream random = RandomStream.of(42);
 * double[] noise = new double[1000];
 * random.split("noise").fillGaussian(noise);
 * }</pre>
 */
public final class RandomStream implements RandomGenerator {

  // Domains of the generator's counter; 0 to 3 are the kinds of draws.
  private static final int SPLIT_INDEX = 4;
  private static final int SPLIT_NAME = 5;

  private final Key key;
  private final Draws draws;
  private long counter;

  /**
   * The 128 bits that select a stream.
   *
   * @param high the upper 64 bits, 0 for a stream made from a seed
   * @param low the lower 64 bits
   */
  public record Key(long high, long low) {}

  private RandomStream(Key key, long counter) {
    if (counter < 0) {
      throw new IllegalArgumentException("counter is " + counter + ", must not be negative");
    }
    this.key = Objects.requireNonNull(key, "key");
    this.counter = counter;
    this.draws = new Draws(key.high(), key.low());
  }

  /**
   * The stream of a seed, at its start. Different seeds give independent streams, however close
   * they are.
   *
   * @param seed any number
   * @return a new stream
   */
  public static RandomStream of(long seed) {
    return new RandomStream(new Key(0, seed), 0);
  }

  /**
   * The stream of a key at a position, for instance one that was saved.
   *
   * @param key the key
   * @param counter the number of draws already made, not negative
   * @return a new stream
   */
  public static RandomStream at(Key key, long counter) {
    return new RandomStream(key, counter);
  }

  /**
   * Another stream with this key, at a position of its own; this one does not move.
   *
   * @param counter the position, not negative
   * @return a new stream
   */
  public RandomStream at(long counter) {
    return new RandomStream(key, counter);
  }

  /**
   * The key of this stream.
   *
   * @return the key, the constant half of the state
   */
  public Key key() {
    return key;
  }

  /**
   * The position of this stream.
   *
   * @return the number of draws made or skipped
   */
  public long counter() {
    return counter;
  }

  /**
   * Moves on without drawing.
   *
   * @param n the number of draws to leave out, not negative
   */
  public void skip(long n) {
    if (n < 0) {
      throw new IllegalArgumentException("n is " + n + ", must not be negative");
    }
    counter = Math.addExact(counter, n);
  }

  /**
   * The stream of one child. Its key is the generator's block for the index under this stream's
   * key, in a domain of the counter no draw uses; it depends on the key and the index only, not on
   * the draws made.
   *
   * @param index any number
   * @return a new stream, at its start
   */
  public RandomStream split(long index) {
    return new RandomStream(child(key, SPLIT_INDEX, index), 0);
  }

  /**
   * The stream of a named purpose. The name's characters, four at a time and followed by its
   * length, are the indices of a chain of splits in a domain of their own, so that names and
   * numbers never meet.
   *
   * @param name any string
   * @return a new stream, at its start
   */
  public RandomStream split(String name) {
    Key child = key;
    for (int i = 0; i < name.length(); i += 4) {
      long four = 0;
      for (int j = i; j < Math.min(i + 4, name.length()); j++) {
        four = four << 16 | name.charAt(j);
      }
      child = child(child, SPLIT_NAME, four);
    }
    return new RandomStream(child(child, SPLIT_NAME, name.length()), 0);
  }

  private static Key child(Key key, int domain, long index) {
    int[] block = new int[4];
    RandomKernels.block(key.high(), key.low(), domain, index, block);
    return new Key(RandomKernels.cell(block, 1), RandomKernels.cell(block, 0));
  }

  /** {@inheritDoc} Uniform over all 2^32 values; one draw. */
  @Override
  public int nextInt() {
    return draws.word(counter++);
  }

  /** {@inheritDoc} Uniform over all 2^64 values; one draw. */
  @Override
  public long nextLong() {
    return draws.cell(counter++);
  }

  /** {@inheritDoc} Uniform over the multiples of 2^-24 in [0, 1); one draw. */
  @Override
  public float nextFloat() {
    return Draws.toFloat(nextInt());
  }

  /** {@inheritDoc} Uniform over the multiples of 2^-53 in [0, 1); one draw. */
  @Override
  public double nextDouble() {
    return Draws.toDouble(nextLong());
  }

  /** {@inheritDoc} One draw, at most 8.57 in absolute value. */
  @Override
  public double nextGaussian() {
    return draws.gaussian(counter++);
  }

  /** {@inheritDoc} By inversion; one draw, at most 36.8. */
  @Override
  public double nextExponential() {
    return -Elementary.log(1 - nextDouble());
  }

  /** {@inheritDoc} */
  @Override
  public boolean nextBoolean() {
    return nextInt() < 0;
  }

  /**
   * A number from 0 to bound - 1, each equally likely (Lemire's multiplication with rejection,
   * 2019).
   *
   * @param bound positive
   * @return the number
   */
  @Override
  public int nextInt(int bound) {
    return Bounded.below(bound, this);
  }

  /**
   * A number from origin to bound - 1, each equally likely.
   *
   * @param origin the smallest number
   * @param bound greater than origin
   * @return the number
   */
  @Override
  public int nextInt(int origin, int bound) {
    return Bounded.between(origin, bound, this);
  }

  /**
   * A number from 0 to bound - 1, each equally likely: as many bits as bound - 1 has, until they
   * are below the bound.
   *
   * @param bound positive
   * @return the number
   */
  @Override
  public long nextLong(long bound) {
    return Bounded.below(bound, this);
  }

  /**
   * A number from origin to bound - 1, each equally likely.
   *
   * @param origin the smallest number
   * @param bound greater than origin
   * @return the number
   */
  @Override
  public long nextLong(long origin, long bound) {
    return Bounded.between(origin, bound, this);
  }

  /**
   * Fills a whole array with uniform numbers, see {@link #nextDouble()}.
   *
   * @param out written
   */
  public void fillUniform(double[] out) {
    fillUniform(out, 0, out.length);
  }

  /**
   * Fills a range with uniform numbers: the bits of {@code to - from} calls of {@link
   * #nextDouble()}.
   *
   * @param out written
   * @param from first index
   * @param to index after the last
   */
  public void fillUniform(double[] out, int from, int to) {
    Objects.checkFromToIndex(from, to, out.length);
    draws.uniform(counter, out, from, to);
    counter += to - from;
  }

  /**
   * Fills a whole array with uniform numbers, see {@link #nextFloat()}.
   *
   * @param out written
   */
  public void fillUniform(float[] out) {
    fillUniform(out, 0, out.length);
  }

  /**
   * Fills a range with uniform numbers: the bits of {@code to - from} calls of {@link
   * #nextFloat()}.
   *
   * @param out written
   * @param from first index
   * @param to index after the last
   */
  public void fillUniform(float[] out, int from, int to) {
    Objects.checkFromToIndex(from, to, out.length);
    draws.uniform(counter, out, from, to);
    counter += to - from;
  }

  /**
   * Fills a whole array with standard Gaussian numbers, see {@link #nextGaussian()}.
   *
   * @param out written
   */
  public void fillGaussian(double[] out) {
    fillGaussian(out, 0, out.length);
  }

  /**
   * Fills a range with standard Gaussian numbers: the bits of {@code to - from} calls of {@link
   * #nextGaussian()}.
   *
   * @param out written
   * @param from first index
   * @param to index after the last
   */
  public void fillGaussian(double[] out, int from, int to) {
    Objects.checkFromToIndex(from, to, out.length);
    draws.gaussian(counter, out, from, to);
    counter += to - from;
  }

  /**
   * Fills a whole array with standard Gaussian numbers in single precision.
   *
   * @param out written
   */
  public void fillGaussian(float[] out) {
    fillGaussian(out, 0, out.length);
  }

  /**
   * Fills a range with standard Gaussian numbers in single precision, at most 6.66 in absolute
   * value. They are draws of their own, not the rounded doubles.
   *
   * @param out written
   * @param from first index
   * @param to index after the last
   */
  public void fillGaussian(float[] out, int from, int to) {
    Objects.checkFromToIndex(from, to, out.length);
    draws.gaussian(counter, out, from, to);
    counter += to - from;
  }

  /**
   * Brings an array into random order, each equally likely (Fisher and Yates).
   *
   * @param a read and written
   */
  public void shuffle(int[] a) {
    for (int i = a.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swap = a[i];
      a[i] = a[j];
      a[j] = swap;
    }
  }

  /**
   * The numbers 0 to n - 1 in random order, each order equally likely.
   *
   * @param n how many, not negative
   * @return a new array
   */
  public int[] permutation(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("n is " + n + ", must not be negative");
    }
    int[] a = new int[n];
    for (int i = 0; i < n; i++) {
      a[i] = i;
    }
    shuffle(a);
    return a;
  }

  /** Key and counter, enough to restore the stream. */
  @Override
  public String toString() {
    return "RandomStream[key="
        + Long.toHexString(key.high())
        + ":"
        + Long.toHexString(key.low())
        + ", counter="
        + counter
        + "]";
  }
}
