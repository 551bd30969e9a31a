package dev.optim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every kernel gives the same bits on every provider, Java version and machine: its results on
 * fixed inputs have the committed checksum, and where the Vector API is present both providers
 * agree bit by bit.
 */
class SameBitsTest {

  @TestFactory
  Stream<DynamicTest> scalarKernelsHaveTheCommittedBits() throws IOException {
    Properties committed = committed();
    return KernelCases.all().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        assertThat(
                                checksum(KernelCases.bits(entry.getValue(), new ScalarKernels())))
                            .isEqualTo(committed.getProperty(entry.getKey().replace(' ', '.')))));
  }

  @TestFactory
  Stream<DynamicTest> vectorKernelsHaveTheBitsOfTheScalarOnes() {
    assumeTrue(vectorApiIsPresent(), "runs with the profile simd");
    VectorKernels simd = Providers.choose("simd");
    return KernelCases.all().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      // Repeated, so that interpreted and compiled code are both compared.
                      for (int round = 0; round < 3; round++) {
                        assertThat(KernelCases.bits(entry.getValue(), simd))
                            .isEqualTo(KernelCases.bits(entry.getValue(), new ScalarKernels()));
                      }
                    }));
  }

  @Test
  void everyChecksumBelongsToACase() throws IOException {
    assertThat(committed().stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(
            KernelCases.all().keySet().stream().map(name -> name.replace(' ', '.')).toList());
  }

  static boolean vectorApiIsPresent() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  private static Properties committed() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = SameBitsTest.class.getResourceAsStream("checksums.properties")) {
      properties.load(in);
    }
    return properties;
  }

  private static String checksum(long[] bits) {
    CRC32 crc = new CRC32();
    ByteBuffer buffer = ByteBuffer.allocate(8 * bits.length);
    buffer.asLongBuffer().put(bits);
    crc.update(buffer.array());
    return String.format("%08x", crc.getValue());
  }

  /** Prints the checksums anew; for a kernel whose definition has changed on purpose. */
  public static void main(String[] args) {
    for (Map.Entry<String, KernelCases.Case> entry : KernelCases.all().entrySet()) {
      System.out.println(
          entry.getKey().replace(' ', '.')
              + "="
              + checksum(KernelCases.bits(entry.getValue(), new ScalarKernels())));
    }
  }
}
