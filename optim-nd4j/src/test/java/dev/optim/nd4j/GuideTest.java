package dev.optim.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows compiles, given what a reader has: a network, a graph, arrays. */
class GuideTest {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java nd4j\\R(.*?)^```");

  private static final String GIVEN =
      """
      import dev.optim.*;
      import dev.optim.nd4j.*;
      import dev.optim.secondorder.*;
      import dev.optim.sgd.*;
      import dev.optim.update.*;
      import java.nio.file.Path;
      import java.util.*;
      import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
      import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
      import org.nd4j.autodiff.samediff.*;
      import org.nd4j.linalg.api.buffer.DataType;
      import org.nd4j.linalg.api.ndarray.INDArray;
      import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

      abstract class Guide {
        Map<String, INDArray> weights;
        List<INDArray> gradients;
        INDArray features;
        INDArray labels;
        SameDiff graph;
        MultiLayerNetwork network;
        DataSetIterator data;
        UpdatePlan plan;
        Stop stop;
        Path file;
      """;

  @Test
  void snippetsCompile(@TempDir Path folder) throws IOException {
    StringBuilder source = new StringBuilder(GIVEN);
    Matcher block = BLOCK.matcher(Files.readString(Path.of("..", "docs", "nd4j.md")));
    int blocks = 0;
    while (block.find()) {
      source.append("void block").append(++blocks).append("() throws Exception {\n");
      source.append(block.group(1)).append("}\n");
    }
    assertThat(blocks).isGreaterThan(4);
    Path file = Files.writeString(folder.resolve("Guide.java"), source.append("}\n"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      String classPath =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      List<String> options = List.of("-proc:none", "-d", folder.toString(), "-cp", classPath);
      assertThat(
              compiler
                  .getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
                  .call())
          .as("%s", messages)
          .isTrue();
    }
  }
}
