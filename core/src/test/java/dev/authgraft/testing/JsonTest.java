package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void writingReturnsTheTextThatWasRead() throws Exception {
    String text = "{\"a\":[1,-2.5,true,null,{}],\"b\":{\"c\":\"\\u0001\\\"é\"},\"d\":[]}";
    assertThat(Json.write(Json.parseObject(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}x",
        "{\"a\":}",
        "{\"a\":01}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}"
      })
  void malformedTextIsRefused(String text) {
    assertThatThrownBy(() -> Json.parseObject(text)).isInstanceOf(MalformedBodyException.class);
  }
}
