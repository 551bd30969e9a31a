package dev.optim.bench.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class FlowerTest {

  @Test
  void everyPointIsAPicture() throws Exception {
    double[][] points = {
      new double[6], {1, -2, 3, -4, 5, -6}, {1e9, -1e9, 1e9, 1e9, -1e9, -1e9}, {-7.3, 0, 0, 0, 0, 9}
    };
    for (double[] x : points) {
      String svg = Flower.of(x).svg(200);

      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(svg)));
      assertThat(svg).doesNotContain("NaN").contains("#").doesNotContain("#-");
    }
  }

  @Test
  void aLineShowsColoursOrNamesThem() {
    Flower flower = Flower.of(new double[6]);

    assertThat(flower.line(false)).matches("(#[0-9a-f]{6} ){4}petals 68 long, 26 wide, twist \\+0");
    assertThat(flower.line(true)).startsWith("\u001b[48;2;").endsWith("twist +0");
  }
}
