package dev.authgraft.internal.config.key;

import dev.authgraft.internal.util.Durations;
import dev.authgraft.internal.yaml.ConfigNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A duration: {@code 2h45m}, or in ISO-8601. */
public final class DurationKind extends Kind<Duration> {
  /** More than nothing. */
  public static final DurationKind POSITIVE = new DurationKind(false);

  public static final DurationKind ZERO_OR_MORE = new DurationKind(true);

  private final boolean mayBeZero;

  private DurationKind(boolean mayBeZero) {
    this.mayBeZero = mayBeZero;
  }

  @Override
  protected @Nullable Duration read(Section section, Key<Duration> key) {
    ConfigNode value = section.scalar(key);
    if (value == null) return null;
    Duration duration = Durations.parse(value.text);
    if (duration == null) {
      section.problem(
          value.position,
          section.named(key)
              + " is not a duration: "
              + value.text
              + " (write 500ms, 30s, 2h45m or ISO-8601)");
      return null;
    }
    if (mayBeZero && duration.isZero()) return duration;
    if (duration.isZero() || duration.isNegative()) {
      section.problem(
          value.position, key + " must be positive: " + value.text + " (" + section.title() + ")");
      return null;
    }
    return duration;
  }

  @Override
  protected Duration parse(String written) {
    Duration duration = Durations.parse(written);
    if (duration == null) throw new IllegalStateException(written);
    return duration;
  }

  @Override
  protected void describe(Map<String, Object> schema, boolean required, Definitions definitions) {
    String words = "A duration, as 500ms, 30s, 2h45m, or ISO-8601 (PT30S).";
    String pattern = "(([0-9]+(ms|s|m|h|d))+|P.+)$";
    schema.put("type", Arrays.asList("string", "null"));
    schema.put("errorMessage", mayBeZero ? words : words + " More than none.");
    schema.put("pattern", mayBeZero ? "^" + pattern : "^(?!(0+(ms|s|m|h|d))+$)" + pattern);
  }
}
