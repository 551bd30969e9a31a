package dev.optim.update;

import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * State vectors in the precision of the parameters, cut into pieces. A rule finds everything at one
 * index, so that state in one piece has to be copied to and from scratch as the parameters outside
 * the heap are; a piece is worked on where it is, which saves half the copies and lets its way from
 * memory overlap with the arithmetic.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class CutState<A> implements StateVectors<A> {

  /** With parameters and gradient in scratch beside it, a piece fits the second-level cache. */
  static final int PIECE = 1 << 14;

  private final Elements<A> elements;
  private final int count;
  private final int[] starts;
  private final List<A[]> pieces;

  private CutState(Elements<A> elements, int count, int[] starts, List<A[]> pieces) {
    this.elements = elements;
    this.count = count;
    this.starts = starts;
    this.pieces = pieces;
  }

  /**
   * Cuts state within units.
   *
   * @param vectors the number of state vectors of each tensor
   */
  static <A> CutState<A> of(WideState<A> wide, Units units, int[] vectors) {
    Elements<A> elements = wide.elements();
    int most = 0;
    for (int unit = 0; unit < units.count(); unit++) {
      most += (units.to(unit) - units.from(unit) + PIECE - 1) / PIECE;
    }
    int[] starts = new int[most];
    List<A[]> pieces = new ArrayList<>(most);
    for (int unit = 0; unit < units.count(); unit++) {
      int end = units.to(unit);
      for (int from = units.from(unit); from < end; from += Math.min(PIECE, end - from)) {
        int length = Math.min(PIECE, end - from);
        A[] piece = elements.allocateAll(vectors[units.tensor(unit)], length);
        for (int v = 0; v < piece.length; v++) {
          wide.get(v, from, piece[v], length);
        }
        starts[pieces.size()] = from;
        pieces.add(piece);
      }
    }
    return new CutState<>(elements, wide.count(), starts, pieces);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  /** A piece, whole. */
  @Override
  public A[] open(int from, A[] scratch, int length) {
    return pieces.get(Arrays.binarySearch(starts, from));
  }

  @Override
  public void close(A[] opened, int from, int length, int worker) {
    // it was the state itself
  }

  /** From the beginning of a piece on, as tensors begin. */
  @Override
  public void get(int vector, int from, A array, int length) {
    walk(from, length, (piece, done, n) -> System.arraycopy(piece[vector], 0, array, done, n));
  }

  @Override
  public void save(CheckpointBuilder builder, String name, int vector, Parameters.Tensor tensor) {
    A whole = elements.allocate(tensor.size());
    get(vector, tensor.offset(), whole, tensor.size());
    elements.save(builder, name, whole, 0, tensor);
  }

  @Override
  public Runnable restoring(
      Checkpoint checkpoint, String name, int vector, Parameters.Tensor tensor) {
    A saved = elements.load(checkpoint, name, tensor);
    return () ->
        walk(
            tensor.offset(),
            tensor.size(),
            (piece, done, n) -> System.arraycopy(saved, done, piece[vector], 0, n));
  }

  /** Visits the pieces of elements from..from+length-1 in order. */
  private void walk(int from, int length, Visit<A> visit) {
    int index = Arrays.binarySearch(starts, from);
    for (int done = 0; done < length; index++) {
      A[] piece = pieces.get(index);
      int n = Math.min(length - done, elements.length(piece[0]));
      visit.at(piece, done, n);
      done += n;
    }
  }

  /** What is done with the first n elements of a piece, after some of others. */
  @FunctionalInterface
  private interface Visit<A> {
    void at(A[] piece, int done, int n);
  }
}
