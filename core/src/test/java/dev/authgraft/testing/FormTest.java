package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {
  @Test
  void awkwardPasswordArrivesIntact() throws Exception {
    assertThat(Form.parse("user=a&password=a%26b%3Dc%2Bd%25+%c3%A9%22"))
        .containsEntry("password", ApiServer.AWKWARD_PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "a=é", "a=\"", "a=b=c", "a", "a=1&a=2", "a=%ff"})
  void whatALenientServerGuessesIsRefused(String body) {
    assertThatThrownBy(() -> Form.parse(body)).isInstanceOf(MalformedBodyException.class);
  }
}
