package dev.authgraft.apache;

import dev.authgraft.testing.Floors;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of the module's packages may know which. */
class ArchitectureTest {
  @Test
  void everyPackageUsesOnlyLowerFloors() {
    String internal = "dev.authgraft.apache.internal.";
    Floors.check(
        Path.of("target/classes"),
        List.of(
            List.of("dev.authgraft.apache", internal + "minimal", internal + "login"),
            List.of(internal + "classic", internal + "async"),
            List.of(internal + "exec"),
            List.of(internal + "request")));
  }
}
