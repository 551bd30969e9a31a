package dev.optim.bench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {

  private static final byte[] TWO_BY_THREE = {
    0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, (byte) 255
  };

  @TempDir private Path folder;

  @Test
  void readsPlainAndCompressedFiles() throws IOException {
    Path plain = Files.write(folder.resolve("plain"), TWO_BY_THREE);
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("packed.gz")))) {
      out.write(TWO_BY_THREE);
    }
    for (Path file : new Path[] {plain, folder.resolve("packed")}) {
      IdxFile read = IdxFile.read(file);
      assertThat(read.dimensions()).containsExactly(2, 3);
      assertThat(read.elements()).containsExactly(1, 2, 3, 4, 5, -1);
    }
  }

  @Test
  void refusesWhatIsNone() throws IOException {
    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(TWO_BY_THREE, 15));
    assertThatThrownBy(() -> IdxFile.read(cut)).hasMessageContaining("cut ends too early");
    byte[] floats = TWO_BY_THREE.clone();
    floats[2] = 13;
    Path other = Files.write(folder.resolve("floats"), floats);
    assertThatThrownBy(() -> IdxFile.read(other)).hasMessageContaining("no IDX file of bytes");
    byte[] empty = TWO_BY_THREE.clone();
    empty[7] = 0;
    Path none = Files.write(folder.resolve("none"), empty);
    assertThatThrownBy(() -> IdxFile.read(none)).hasMessageContaining("dimension is 0");
    assertThatThrownBy(() -> IdxFile.read(folder.resolve("missing")))
        .isInstanceOf(IOException.class);
  }
}
