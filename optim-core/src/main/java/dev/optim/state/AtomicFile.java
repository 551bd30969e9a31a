package dev.optim.state;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Replaces a file as a whole or not at all. */
final class AtomicFile {
  private AtomicFile() {}

  /** Writes the content of a file, from position 0 of an empty channel. */
  @FunctionalInterface
  interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  /** Replaces {@code file} by what {@code content} writes; see {@link CheckpointBuilder#write}. */
  static void replace(Path file, Content content) throws IOException {
    // An interruptible channel closes under a thread whose interrupt is pending, but saving the
    // last state is just what a cancelled run wants.
    boolean interrupted = Thread.interrupted();
    try {
      replaceUninterrupted(file, content);
    } catch (IOException e) {
      throw new IOException("cannot write checkpoint " + file + ": " + describe(e), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void replaceUninterrupted(Path file, Content content) throws IOException {
    // A rename would replace a device or an empty directory, too.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(Files.isDirectory(file) ? "it is a directory" : "not a regular file");
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new IOException("there is no directory " + directory);
    }
    Path temporary = directory.resolve(".optim-" + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(temporary, CREATE_NEW, WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      move(temporary, file);
    } catch (IOException | RuntimeException | Error e) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    force(directory);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, REPLACE_EXISTING);
    }
  }

  /** Makes the rename itself survive a power cut. */
  private static void force(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows and some network file systems do not open or force directories. The new file is
      // whole and in place; a failure reported here would claim the opposite.
    }
  }

  private static String describe(IOException e) {
    boolean onlyPath = e instanceof FileSystemException f && f.getReason() == null;
    return onlyPath || e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
