package dev.authgraft.agent.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.spi.Log;
import java.io.File;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  private final Properties properties = new Properties();

  @Test
  void defaultConfigIsAuthgraftYmlInTheWorkingDirectory() throws Exception {
    for (String text : new String[] {null, ""}) {
      Options options = parse(text);
      assertThat(options.config()).isEqualTo(new File("/work/authgraft.yml"));
      assertThat(options.environment()).isNull();
      assertThat(options.level()).isEqualTo(Log.Level.INFO);
      assertThat(options.logFile()).isNull();
      assertThat(options.runOnBadConfig()).isFalse();
      assertThat(options.observe()).isFalse();
      assertThat(options.extensions()).isEmpty();
    }
  }

  @Test
  void everyKeyIsRead() throws Exception {
    Options options =
        parse(
            "config=/etc/a.yml,env=prod,log=debug,log-file=a.log,on-bad-config=run,observe=true,"
                + "extensions=/lib/a.jar"
                + File.pathSeparator
                + "b");
    assertThat(options.config()).isEqualTo(new File("/etc/a.yml"));
    assertThat(options.environment()).isEqualTo("prod");
    assertThat(options.level()).isEqualTo(Log.Level.DEBUG);
    assertThat(options.logFile()).isEqualTo(new File("/work/a.log"));
    assertThat(options.runOnBadConfig()).isTrue();
    assertThat(options.observe()).isTrue();
    assertThat(options.extensions()).containsExactly(new File("/lib/a.jar"), new File("/work/b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/etc/a.yml           | /etc/a.yml",
        "/etc/a.yml,env=prod  | /etc/a.yml",
        "a b.yml              | /work/a b.yml",
        "config=/a=b/c.yml    | /a=b/c.yml",
        "/a=b/c.yml           | /a=b/c.yml",
        "config=/a,b.yml      | /a,b.yml",
        "/a,b.yml,log=off     | /a,b.yml",
        "config=/a,b,,c.yml   | /a,b,,c.yml",
      })
  void pathMayHoldCommasAndEqualsSigns(String text, String config) throws Exception {
    assertThat(parse(text).config()).isEqualTo(new File(config));
  }

  @Test
  void optionWinsOverPropertyWinsOverVariable() throws Exception {
    Map<String, String> variables = Map.of("AUTHGRAFT_CONFIG", "/v.yml", "AUTHGRAFT_ENV", "v");
    assertThat(parse("", variables).config()).isEqualTo(new File("/v.yml"));
    properties.setProperty("authgraft.config", "/p.yml");
    properties.setProperty("authgraft.env", "");
    assertThat(parse("", variables).config()).isEqualTo(new File("/p.yml"));
    assertThat(parse("", variables).environment()).isEqualTo("v");
    assertThat(parse("/o.yml", variables).config()).isEqualTo(new File("/o.yml"));
  }

  @Test
  void variableOfAnOptionWithADashHasAnUnderscore() throws Exception {
    assertThat(parse("", Map.of("AUTHGRAFT_ON_BAD_CONFIG", "run")).runOnBadConfig()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "confg=a.yml         | unknown option: confg (did you mean 'config'?)",
        "a.yml,verbosity=1   | unknown option: verbosity (known here: config, env, extensions, log,"
            + " log-file, observe, on-bad-config)",
        "log=inof            | unknown value of option log: inof (did you mean 'info'?)",
        "observe=yes         | unknown value of option observe: yes (known here: true, false)",
        "on-bad-config=false | unknown value of option on-bad-config: false (known here: stop, run)",
        "config=             | option config has no value",
        "env=a,env=b         | option env is given twice",
      })
  void mistakeIsNamedWithItsRemedy(String text, String message) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(OptionsException.class)
        .hasMessage(message.trim());
  }

  @Test
  void logOffDisablesEveryLevel() throws Exception {
    assertThat(parse("log=off").level()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config=/a,b.yml,env=x",
        "/a.yml,log=off",
        "a.yml,log-file=b.log",
        "a.yml,extensions=a.jar:/lib,observe=true"
      })
  void textTellsAnotherAgentTheSame(String text) throws Exception {
    Options options = parse(text);
    Options other = new Options(options.text(), new Properties(), Map.of(), "/elsewhere");
    assertThat(other).usingRecursiveComparison().isEqualTo(options);
  }

  @Test
  void optionsOfTheStartCannotBeChangedLater() throws Exception {
    Options started = parse("a.yml,extensions=a.jar");
    assertThat(started.covers(parse("b.yml,env=x"))).isTrue();
    assertThat(started.covers(parse("a.yml,extensions=a.jar"))).isTrue();
    assertThat(started.covers(parse("a.yml,extensions=b.jar"))).isFalse();
    assertThat(started.covers(parse("a.yml,observe=true"))).isFalse();
    assertThat(parse("a.yml,observe=true").covers(parse("a.yml,observe=true"))).isTrue();
    assertThat(parse("a.yml,observe=true").covers(parse("a.yml"))).isTrue();
  }

  private Options parse(@Nullable String text) throws OptionsException {
    return parse(text, Map.of());
  }

  private Options parse(@Nullable String text, Map<String, String> variables)
      throws OptionsException {
    return new Options(text, properties, variables, "/work");
  }
}
