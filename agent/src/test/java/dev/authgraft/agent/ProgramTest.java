package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sun.security.tools.keytool.Main -list",
        "java.base/sun.security.tools.keytool.Main -list",
        "jdk.jcmd/sun.tools.jcmd.JCmd",
        "sun.tools.jps.Jps -l",
        "com.sun.tools.javac.Main A.java",
        "jdk.compiler/com.sun.tools.javac.Main A.java",
        "jdk.jartool/sun.tools.jar.Main cf a.jar",
        "jdk.jshell/jdk.internal.jshell.tool.JShellToolProvider",
      })
  void toolOfTheJdkIsLeftAlone(String command) {
    assertThat(Program.isJdkTool(command)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "legacy.jar",
        "/opt/jdk.tools/legacy.jar",
        "com.example.Main jdk.jcmd/sun.tools.jcmd.JCmd",
        "com.sun.enterprise.glassfish.bootstrap.ASMain",
        "legacy/com.example.Main",
        "com.sun.tools.javac.launcher.Main Program.java",
        "jdk.compiler/com.sun.tools.javac.launcher.Main Program.java",
        "jdk.compiler/com.sun.tools.javac.launcher.SourceLauncher Program.java",
      })
  void programIsServed(String command) {
    assertThat(Program.isJdkTool(command)).isFalse();
  }
}
