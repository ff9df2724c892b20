package dev.authgraft.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostProgramTest {
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
        "jdk.hotspot.agent/sun.jvm.hotspot.SALauncher jstack",
        "jdk.httpserver/sun.net.httpserver.simpleserver.JWebServer -p 0",
      })
  void toolOfTheJdkIsLeftAlone(String command) {
    assertThat(HostProgram.isJdkTool(command)).isTrue();
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
    assertThat(HostProgram.isJdkTool(command)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "org.codehaus.plexus.classworlds.launcher.Launcher -v, boot.jar",
    "org.codehaus.plexus.classworlds.launcher.Launcher --version, boot.jar",
    "org.gradle.launcher.GradleMain -v, gradle-launcher.jar",
    "org.apache.tools.ant.launch.Launcher -cp  -version, ant-launcher.jar",
    "legacy.jar --help, legacy.jar",
    "/opt/my programs/legacy.jar -v, /opt/my programs/legacy.jar",
    "legacy/com.example.Main help, ''",
  })
  void questionIsAnswered(String command, String first) {
    assertThat(HostProgram.isQuestion(command, first)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "com.example.Main, legacy.jar",
    "-v, ''",
    "legacy.jar, legacy.jar",
    "/opt/my -v/legacy.jar, /opt/my -v/legacy.jar",
    "/opt/my -v, /opt/my -v",
    "legacy.jar -v --port 80, legacy.jar",
    "legacy.jar --port 80 -v, legacy.jar",
    "legacy.jar --version-file, legacy.jar",
    "legacy.jar --verbose, legacy.jar",
    "com.example.Main --version 2 start, ''",
  })
  void programThatRunsIsNone(String command, String first) {
    assertThat(HostProgram.isQuestion(command, first)).isFalse();
  }
}
