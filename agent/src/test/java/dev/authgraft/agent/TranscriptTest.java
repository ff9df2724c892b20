package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTest {
  @Test
  void credentialInAConnectIsADifference() {
    List<String> connect = List.of("= a tunnel", "@ B#1 CONNECT one.test:443 HTTP/1.1");
    Transcript without = Transcript.of(connect);
    Transcript with = Transcript.of(List.of(connect.get(0), connect.get(1), "@ B#1   x-a: key"));

    assertThat(without.differences(without.without("x-a", "key"))).isEmpty();
    assertThat(without.differences(with.without("x-a", "key"))).hasSize(1);
  }
}
