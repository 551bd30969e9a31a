package dev.optim.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows between modules, and between the packages of the core, point one way. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.optim");

  /** From the bottom up: a layer may use what stands before it. */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of("dev.optim.kernel"),
          List.of("dev.optim.random", "dev.optim.state"),
          List.of("dev.optim"),
          List.of("dev.optim.schedule", "dev.optim.geometry", "dev.optim.observe"),
          List.of("dev.optim.update"),
          List.of("dev.optim.sgd.."),
          List.of("dev.optim.secondorder..", "dev.optim.zeroth..", "dev.optim.bilevel.."),
          List.of("dev.optim.nd4j.."),
          List.of("dev.optim.bench.."));

  @TestFactory
  List<DynamicTest> noLayerUsesOneAboveIt() {
    return IntStream.range(0, LAYERS.size() - 1)
        .mapToObj(
            i -> {
              String[] layer = LAYERS.get(i).toArray(String[]::new);
              String[] above =
                  LAYERS.subList(i + 1, LAYERS.size()).stream()
                      .flatMap(List::stream)
                      .toArray(String[]::new);
              ArchRule rule =
                  noClasses()
                      .that()
                      .resideInAnyPackage(layer)
                      .should()
                      .dependOnClassesThat()
                      .resideInAnyPackage(above)
                      .allowEmptyShould(true);
              return DynamicTest.dynamicTest(String.join(", ", layer), () -> rule.check(CLASSES));
            })
        .toList();
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().matching("dev.optim.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theCoreDependsOnNothingButTheJdk() {
    classes()
        .that()
        .resideInAnyPackage(
            LAYERS.subList(0, 5).stream().flatMap(List::stream).toArray(String[]::new))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "jdk.incubator.vector..", "org.jspecify..", "dev.optim..")
        .check(CLASSES);
  }

  @Test
  void nothingPrintsToTheTerminalButTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.optim.bench..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }
}
