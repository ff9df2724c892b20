package dev.authgraft.internal.login;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object by names that servers write in many ways: {@code Error_Code}. */
final class Members {
  private final Map<String, Object> values = new HashMap<>();

  Members(Map<?, ?> object) {
    object.forEach(
        (name, value) -> {
          if (value != null) values.putIfAbsent(plain(name.toString()), value);
        });
  }

  /** Returns the value of {@code name}, which is in lower case and of letters only, or null. */
  @Nullable Object get(String name) {
    return values.get(name);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }
}
