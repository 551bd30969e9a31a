package dev.optim.update;

/** What became of a call of {@link Updater#step}. */
public enum StepOutcome {
  /** The parameters were updated. */
  APPLIED,
  /** The gradient was taken in and is held back until more have come (accumulation). */
  HELD,
  /** The gradient was not finite or too large to be squared; nothing was changed. */
  SKIPPED
}
