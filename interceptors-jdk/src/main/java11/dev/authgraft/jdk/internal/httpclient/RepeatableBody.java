package dev.authgraft.jdk.internal.httpclient;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows the bodies that can be sent twice. */
final class RepeatableBody {
  /*
   * By name, and only these: a supplier of streams or an Iterable may return the same stream or
   * iterator again, and a second request would go out with an empty body, which the server may
   * accept.
   */
  private static final Set<String> PUBLISHERS =
      Set.of("ByteArrayPublisher", "StringPublisher", "EmptyPublisher", "FilePublisher");

  private RepeatableBody() {}

  /** Returns whether {@code request} has no body, or one of the JDK's that can be sent again. */
  static boolean isIn(HttpRequest request) {
    return isRepeatable(request.bodyPublisher().orElse(null));
  }

  private static boolean isRepeatable(@Nullable BodyPublisher publisher) {
    if (publisher == null) return true;
    Class<?> type = publisher.getClass();
    return type.getName().startsWith("jdk.internal.net.http.RequestPublishers$")
        && PUBLISHERS.contains(type.getSimpleName());
  }
}
