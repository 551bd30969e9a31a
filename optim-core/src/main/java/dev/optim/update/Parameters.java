package dev.optim.update;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The layout of a model's parameters: named tensors, one after the other in one flat array, each
 * row-major. Immutable; it holds no numbers.
 *
 * <pre>{@code
 * Parameters layout = Parameters.builder()
 *     .add("hidden.weight", 32, 64)
 *     .add("hidden.bias", 32)
 *     .build();
 * }</pre>
 */
public final class Parameters {

  private final List<Tensor> tensors;
  private final int length;

  private Parameters(List<Tensor> tensors, int length) {
    this.tensors = List.copyOf(tensors);
    this.length = length;
  }

  /**
   * A new, empty layout.
   *
   * @return its builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * One tensor of one dimension, named "x": the layout of a plain vector.
   *
   * @param length the number of elements, at least 1
   * @return the layout
   */
  public static Parameters vector(int length) {
    return builder().add("x", length).build();
  }

  /**
   * The tensors in the order of their offsets.
   *
   * @return an unmodifiable list
   */
  public List<Tensor> tensors() {
    return tensors;
  }

  /**
   * The number of elements of all tensors.
   *
   * @return the length of every flat array of this layout
   */
  public int length() {
    return length;
  }

  /**
   * The tensor of a name.
   *
   * @param name the name
   * @return the tensor
   * @throws IllegalArgumentException if there is none of that name
   */
  public Tensor tensor(String name) {
    for (Tensor tensor : tensors) {
      if (tensor.name.equals(name)) {
        return tensor;
      }
    }
    throw new IllegalArgumentException("no tensor named " + name + " in " + this);
  }

  /** The tensor that holds an element of the flat array. */
  Tensor tensorAt(int element) {
    int low = 0;
    int high = tensors.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (tensors.get(middle).offset <= element) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return tensors.get(low);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Parameters that && tensors.equals(that.tensors);
  }

  @Override
  public int hashCode() {
    return tensors.hashCode();
  }

  @Override
  public String toString() {
    return "Parameters" + tensors;
  }

  /** One named tensor and where it lies in the flat array. */
  public static final class Tensor {

    private final String name;
    private final int index;
    private final int offset;
    private final int[] shape;
    private final int size;

    private Tensor(String name, int index, int offset, int[] shape, int size) {
      this.name = name;
      this.index = index;
      this.offset = offset;
      this.shape = shape;
      this.size = size;
    }

    /**
     * The name.
     *
     * @return unique in its layout
     */
    public String name() {
      return name;
    }

    /**
     * The position in the list of tensors.
     *
     * @return counted from 0
     */
    public int index() {
      return index;
    }

    /**
     * The index of the first element in the flat array.
     *
     * @return the offset
     */
    public int offset() {
      return offset;
    }

    /**
     * The index after the last element in the flat array.
     *
     * @return offset + size
     */
    public int end() {
      return offset + size;
    }

    /**
     * The number of elements.
     *
     * @return the product of the shape
     */
    public int size() {
      return size;
    }

    /**
     * The dimensions.
     *
     * @return a copy
     */
    public int[] shape() {
      return shape.clone();
    }

    /**
     * The number of dimensions.
     *
     * @return 0 for a scalar
     */
    public int dimensions() {
      return shape.length;
    }

    /**
     * The first dimension: the rows of the tensor seen as a matrix of channels.
     *
     * @return 1 for a scalar
     */
    public int rows() {
      return shape.length == 0 ? 1 : shape[0];
    }

    /**
     * The elements of a row.
     *
     * @return size / rows
     */
    public int columns() {
      return size / rows();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Tensor that
          && name.equals(that.name)
          && offset == that.offset
          && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
      return name + Arrays.toString(shape);
    }
  }

  /** Collects tensors in order. */
  public static final class Builder {

    private final List<Tensor> tensors = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private int length;

    private Builder() {}

    /**
     * Adds a tensor behind the ones there are.
     *
     * @param name not empty, not used before, without a colon in front
     * @param shape the dimensions, each at least 1; none for a scalar; copied
     * @return this
     * @throws IllegalArgumentException if the name is not such a one, a dimension is less than 1,
     *     or the layout would hold more than 2^31 - 1 elements
     */
    public Builder add(String name, int... shape) {
      requireNonNull(name, "name");
      if (name.isEmpty()) {
        throw new IllegalArgumentException("name is empty");
      }
      if (name.startsWith(":")) { // what checkpoints have beside tensors
        throw new IllegalArgumentException("name is " + name + ", must not begin with a colon");
      }
      if (names.contains(name)) {
        throw new IllegalArgumentException("name " + name + " is taken");
      }
      long size = 1;
      for (int i = 0; i < shape.length; i++) {
        Checks.atLeastOne("shape[" + i + "] of " + name, shape[i]);
        size = Math.min(size * shape[i], Integer.MAX_VALUE + 1L);
      }
      if (length + size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            name + Arrays.toString(shape) + " makes the layout longer than 2^31 - 1 elements");
      }
      tensors.add(new Tensor(name, tensors.size(), length, shape.clone(), (int) size));
      names.add(name);
      length += (int) size;
      return this;
    }

    /**
     * Makes the layout.
     *
     * @return the layout
     * @throws IllegalArgumentException if no tensor was added
     */
    public Parameters build() {
      Checks.atLeastOne("the number of tensors", tensors.size());
      return new Parameters(tensors, length);
    }
  }
}
