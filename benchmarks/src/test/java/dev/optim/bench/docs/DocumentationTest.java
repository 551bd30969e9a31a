package dev.optim.bench.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the documentation shows works: every Java block compiles, one with a main method also runs,
 * and every link to a file of the project leads somewhere.
 */
class DocumentationTest {

  private static final Path ROOT = root();
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\R(.*?)^```");
  private static final Pattern CLASS = Pattern.compile("(?m)^public (?:final )?class (\\w+)");
  private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;$");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#|mailto:)([^)#\\s]+)");

  @TempDir Path work;

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("LICENSE"))) {
      here = here.getParent();
    }
    return here;
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    pages.add(ROOT.resolve("CHANGELOG.md"));
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  @TestFactory
  List<DynamicTest> snippetsCompileAndMainMethodsRun() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : pages()) {
      Matcher block = BLOCK.matcher(Files.readString(page));
      for (int i = 1; block.find(); i++) {
        String source = block.group(1);
        String name = ROOT.relativize(page) + ", block " + i;
        Path folder = work.resolve(name.replaceAll("\\W+", "_").toLowerCase(Locale.ROOT));
        tests.add(DynamicTest.dynamicTest(name, () -> compileAndRun(source, folder)));
      }
    }
    assertThat(tests).isNotEmpty();
    return tests;
  }

  @TestFactory
  List<DynamicTest> linksLeadSomewhere() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        Path target = page.resolveSibling(link.group(1)).normalize();
        tests.add(
            DynamicTest.dynamicTest(
                ROOT.relativize(page) + " -> " + link.group(1), () -> assertThat(target).exists()));
      }
    }
    return tests;
  }

  private static void compileAndRun(String snippet, Path folder) throws Exception {
    Matcher named = CLASS.matcher(snippet);
    boolean whole = named.find();
    String name = whole ? named.group(1) : "Snippet";
    String source = whole ? snippet : asMethodBody(snippet);
    Path file = Files.createDirectories(folder).resolve(name + ".java");
    Files.writeString(file, source);

    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = List.of("-d", folder.toString(), "-cp", classPath());
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
              .call();
      assertThat(compiled).as("%s%n%s", messages, source).isTrue();
    }
    if (!source.contains("static void main(")) {
      return;
    }
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, DocumentationTest.class.getClassLoader())) {
      Method main = loader.loadClass(name).getMethod("main", String[].class);
      main.invoke(null, (Object) new String[0]);
    }
  }

  private static String asMethodBody(String snippet) {
    StringBuilder source = new StringBuilder();
    Matcher imports = IMPORT.matcher(snippet);
    while (imports.find()) {
      source.append(imports.group()).append('\n');
    }
    return source
        .append("class Snippet { void run() throws Exception {\n")
        .append(IMPORT.matcher(snippet).replaceAll(""))
        .append("\n} }\n")
        .toString();
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
