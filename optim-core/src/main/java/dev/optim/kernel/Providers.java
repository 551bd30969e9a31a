package dev.optim.kernel;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Chooses the provider once, from the system property {@code optim.kernels}. */
final class Providers {

  static final String PROPERTY = "optim.kernels";

  static final VectorKernels ACTIVE = choose(System.getProperty(PROPERTY, "auto"));

  private static final String MODULE = "jdk.incubator.vector";

  private Providers() {}

  static VectorKernels choose(String setting) {
    switch (setting) {
      case "scalar":
        return new ScalarKernels();
      case "auto":
        return obstacle() == null ? simd() : new ScalarKernels();
      case "simd":
        String obstacle = obstacle();
        if (obstacle != null) {
          throw new IllegalStateException("-D" + PROPERTY + "=simd is not possible: " + obstacle);
        }
        return simd();
      default:
        throw new IllegalArgumentException(
            "system property "
                + PROPERTY
                + " is '"
                + setting
                + "'; allowed are auto, scalar and simd");
    }
  }

  /** Why the Vector API cannot be used here, or null when it can. */
  private static @Nullable String obstacle() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return "start the virtual machine with --add-modules " + MODULE;
    }
    String machine = System.getProperty("java.vm.name", "");
    String lower = machine.toLowerCase(Locale.ROOT);
    if (!lower.contains("hotspot") && !lower.contains("openjdk")) {
      return "the Vector API is only fast on HotSpot, this is " + machine;
    }
    return null;
  }

  // By name: the class cannot even be linked where the module is missing.
  private static VectorKernels simd() {
    try {
      return (VectorKernels)
          Class.forName("dev.optim.kernel.SimdKernels").getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the Vector API kernels could not be loaded", e);
    }
  }
}
