package dev.authgraft.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packages of a module, floor above floor: each may use only those on lower floors. */
public final class Floors {
  private Floors() {}

  /**
   * Fails where a package uses one on its own floor or above, so that no change runs round in a
   * circle; or where the module has a package that is not named, or lacks one that is.
   *
   * @param floors the packages, the highest floor first
   */
  public static void check(Path classes, List<List<String>> floors) {
    JavaClasses module = new ClassFileImporter().importPath(classes);
    List<String> above = new ArrayList<>();
    for (List<String> floor : floors) {
      above.addAll(floor);
      for (String room : floor) check(module, room, above);
    }
    assertThat(module.stream().map(JavaClass::getPackageName).distinct())
        .containsExactlyInAnyOrderElementsOf(above);
  }

  private static void check(JavaClasses module, String room, List<String> floorAndAbove) {
    List<String> forbidden = new ArrayList<>(floorAndAbove);
    forbidden.remove(room);
    if (forbidden.isEmpty()) return;
    noClasses()
        .that()
        .resideInAPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden.toArray(new String[0]))
        .check(module);
  }
}
