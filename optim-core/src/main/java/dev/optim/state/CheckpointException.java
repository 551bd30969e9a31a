package dev.optim.state;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is not a whole, unharmed checkpoint of a known format. Nothing was read from it. */
public final class CheckpointException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the file. */
  public enum Reason {
    /** The file ends before its header says it does: a copy was cut short. Take another copy. */
    TRUNCATED,
    /** Bytes differ from those written, or never were safetensors. Take another copy. */
    CORRUPT,
    /** A valid safetensors header, but not of a checkpoint of this library. */
    FOREIGN,
    /** A checkpoint of a format this version of the library does not know. */
    VERSION
  }

  /** What is wrong with the file. */
  private final Reason reason;

  CheckpointException(Reason reason, Path file, String detail) {
    super("cannot read checkpoint " + file + " [" + reason + "]: " + detail);
    this.reason = reason;
  }

  /** {@return what is wrong with the file} */
  public Reason reason() {
    return reason;
  }
}
