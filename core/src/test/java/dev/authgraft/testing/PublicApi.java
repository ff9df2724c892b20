package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The public API of a module, one line for each type and member that a program can name outside of
 * packages named {@code internal}. Each module keeps it in a file, so that a change of it is seen.
 */
public final class PublicApi {
  private static final Path FILE = Path.of("src/test/api.txt");

  private PublicApi() {}

  /** Fails unless the classes of the module at hand have the API that its file says. */
  public static void assertIsAsWritten() throws Exception {
    List<String> now = lines(Path.of("target/classes"));
    Path found = Path.of("target/api.txt");
    Files.write(found, now);
    assertThat(now)
        .as(
            "The public API is not what %s says. If it is meant to change, and what was released"
                + " still links: cp %s %s, and name the change in the CHANGELOG.",
            FILE.toAbsolutePath().normalize(), found.toAbsolutePath(), FILE.toAbsolutePath())
        .containsExactlyElementsOf(Files.readAllLines(FILE));
    assertThat(now).as("types of internal packages").noneMatch(line -> line.contains(".internal."));
  }

  private static List<String> lines(Path classes) throws Exception {
    List<String> lines = new ArrayList<>();
    for (Class<?> type : types(classes)) {
      lines.add(type.toGenericString() + supertypes(type));
      List<String> members = new ArrayList<>();
      for (Field field : type.getDeclaredFields()) {
        if (isSeen(field))
          members.add(nullness(field.getAnnotatedType()) + field.toGenericString());
      }
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        if (isSeen(constructor)) members.add(constructor.toGenericString() + nullness(constructor));
      }
      for (Method method : type.getDeclaredMethods()) {
        if (!isSeen(method)) continue;
        String returned = nullness(method.getAnnotatedReturnType());
        members.add(returned + method.toGenericString() + nullness(method));
      }
      members.stream().sorted().map(member -> "  " + member).forEach(lines::add);
    }
    return lines;
  }

  private static List<Class<?>> types(Path classes) throws IOException, ClassNotFoundException {
    List<String> names;
    try (Stream<Path> files = Files.walk(classes)) {
      names =
          files
              .map(file -> classes.relativize(file).toString().replace('\\', '/'))
              .filter(name -> name.endsWith(".class") && !name.contains("/internal/"))
              .filter(name -> !name.endsWith("-info.class"))
              .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
              .sorted()
              .toList();
    }
    List<Class<?>> types = new ArrayList<>();
    for (String name : names) {
      Class<?> type = Class.forName(name, false, PublicApi.class.getClassLoader());
      if (isSeen(type)) types.add(type);
    }
    return types;
  }

  /** A nested type is seen where the types around it are. */
  private static boolean isSeen(Class<?> type) {
    boolean named = !type.isAnonymousClass() && !type.isLocalClass();
    Class<?> around = type.getEnclosingClass();
    return named && isSeen(type.getModifiers()) && (around == null || isSeen(around));
  }

  private static boolean isSeen(Member member) {
    return !member.isSynthetic() && isSeen(member.getModifiers());
  }

  private static boolean isSeen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String supertypes(Class<?> type) {
    List<String> supertypes = new ArrayList<>();
    AnnotatedType above = type.getAnnotatedSuperclass();
    if (above != null && above.getType() != Object.class) {
      supertypes.add(above.getType().getTypeName());
    }
    Arrays.stream(type.getGenericInterfaces()).forEach(each -> supertypes.add(each.getTypeName()));
    return supertypes.isEmpty() ? "" : " : " + String.join(", ", supertypes);
  }

  /** Says which parameters may be null, counted from one. */
  private static String nullness(Executable executable) {
    AnnotatedType[] types = executable.getAnnotatedParameterTypes();
    StringBuilder nullable = new StringBuilder();
    for (int i = 0; i < types.length; i++) {
      if (isNullable(types[i])) nullable.append(" @Nullable ").append(i + 1);
    }
    return nullable.toString();
  }

  private static String nullness(AnnotatedType type) {
    return isNullable(type) ? "@Nullable " : "";
  }

  private static boolean isNullable(AnnotatedElement type) {
    return type.isAnnotationPresent(Nullable.class);
  }
}
