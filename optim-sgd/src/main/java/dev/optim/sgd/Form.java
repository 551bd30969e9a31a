package dev.optim.sgd;

/** Which of two forms a method takes where its paper and the code it is known by differ. */
public enum Form {
  /** As the paper writes it. */
  PAPER,
  /** As the reference implementation computes it, to the last digit. */
  REFERENCE_CODE
}
