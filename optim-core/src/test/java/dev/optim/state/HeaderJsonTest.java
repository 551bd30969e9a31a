package dev.optim.state;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.text.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderJsonTest {
  @Test
  void understandsAllSpellingsOfTheSubset() throws ParseException {
    Header header =
        parse(
            """
            {
            \t"t" : { "data_offsets":[ 0 ,9223372036854775807], "shape": [ ] ,"dtype":"F16"} ,\r
            "__metadata__":{"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00fC":"\\ud83d\\ude00ü","":""}}\s\s\s""");
    assertThat(header.metadata())
        .containsExactly(entry("\"\\/\b\f\n\r\tü", "\ud83d\ude00ü"), java.util.Map.entry("", ""));
    Header.Entry entry = header.tensors().get("t");
    assertThat(entry.dtype()).isEqualTo("F16");
    assertThat(entry.shape()).isEmpty();
    assertThat(entry.begin()).isZero();
    assertThat(entry.end()).isEqualTo(Long.MAX_VALUE);
    assertThat(parse("{}").tensors()).isEmpty();
    assertThat(parse("{\"__metadata__\":{}}").metadata()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " {}",
        "[]",
        "null",
        "{",
        "{}x",
        "{}\n",
        "{}\0",
        "{,}",
        "{\"__metadata__\":{},}",
        "{\"__metadata__\":{} \"__metadata__\":{}}",
        "{\"__metadata__\":{},\"__metadata__\":{}}",
        "{\"__metadata__\":null}",
        "{\"__metadata__\":{\"a\":1}}",
        "{\"__metadata__\":{\"a\":{}}}",
        "{\"__metadata__\":{\"a\"}}",
        "{\"__metadata__\":{\"a\":\"b\",}}",
        "{\"__metadata__\":{\"a\":\"b\",\"a\":\"b\"}}",
        "{\"__metadata__\":{\"a\":\"\\x\"}}",
        "{\"__metadata__\":{\"a\":\"\\u12g4\"}}",
        "{\"__metadata__\":{\"a\":\"\\ud800\"}}",
        "{\"__metadata__\":{\"a\":\"\\ude00\\ud83d\"}}",
        "{\"__metadata__\":{\"a\":\"line\nbreak\"}}",
        "{\"__metadata__\":{\"a\":\"b}}",
        "{\"__metadata__\":{\"a\":\"b\\",
        "{\"__metadata__\":{'a':'b'}}",
        "{\"t\":{}}",
        "{\"t\":[]}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1]}}",
        "{\"t\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}",
        "{\"t\":{\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"extra\":[1]}}",
        "{\"t\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"t\":{\"dtype\":1,\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[01],\"data_offsets\":[0,4]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1e0],\"data_offsets\":[0,4]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1,],\"data_offsets\":[0,4]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[\"1\"],\"data_offsets\":[0,4]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,9223372036854775808]}}",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
      })
  void refusesEverythingElse(String json) {
    assertThatExceptionOfType(ParseException.class).isThrownBy(() -> parse(json));
  }

  @Test
  void refusesWhatIsNotUtf8() {
    assertThatExceptionOfType(ParseException.class)
        .isThrownBy(() -> HeaderJson.parse("{\"__metadata__\":{\"a\":\"ü\"}}".getBytes(ISO_8859_1)))
        .withMessage("not UTF-8");
  }

  private static Header parse(String json) throws ParseException {
    return HeaderJson.parse(json.getBytes(UTF_8));
  }
}
