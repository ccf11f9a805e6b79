package dev.heddle.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.process.Carried;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That each setting decides about its own options, and about all of them. */
class CarriedOptionsTest {
  private static final List<String> ARGUMENTS = List.of(
      "-Xmx300m", "-ea", "-da:a.B", "-esa", "-dsa", "--enable-preview", "--add-modules", "jdk.httpserver,no.such",
      "--add-opens", "java.base/java.lang=ALL-UNNAMED", "--add-exports=java.base/sun.nio=ALL-UNNAMED",
      "--add-reads=java.base=java.logging", "--limit-modules", "java.base", "--patch-module=java.base=p",
      "--upgrade-module-path", "u", "--enable-native-access", "ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
      "--illegal-final-field-mutation=allow", "-Xss8m", "-XX:ThreadStackSize=9", "-XX:+UseZGC", "-cp", "x", "Main",
      "-ea:argument");

  private static final Map<Carried, List<String>> MODULAR = new EnumMap<>(Map.of(
      Carried.PROPERTIES, List.of("-Dapp.mode=prod", "-Djava.io.tmpdir=/t"),
      Carried.LOCALE, List.of("-Duser.language=de", "-Duser.timezone=UTC"),
      Carried.ENCODING, List.of("-Dfile.encoding=ISO-8859-1"),
      Carried.ASSERTIONS, List.of("-ea", "-da:a.B", "-esa", "-dsa"),
      Carried.PREVIEW, List.of("--enable-preview"),
      Carried.MODULES, List.of("--add-modules=jdk.httpserver", "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-exports=java.base/sun.nio=ALL-UNNAMED",
          "--add-exports=java.base/sun.nio=ALL-UNNAMED", "--add-reads=java.base=java.logging", "--limit-modules=java.base",
          "--patch-module=java.base=p", "--upgrade-module-path=u"),
      Carried.NATIVE_ACCESS, List.of("--enable-native-access=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow", "--illegal-final-field-mutation=allow"),
      Carried.STACK_SIZE, List.of("-Xss8m", "-XX:ThreadStackSize=9")));

  private static List<String> options(boolean modular, Set<Carried> carried) {
    Properties properties = new Properties();
    Map.of("app.mode", "prod", "java.io.tmpdir", "/t", "user.language", "de", "user.timezone", "UTC", "file.encoding",
        "ISO-8859-1",
        "java.home", "/j", "user.dir", "/d", "com.sun.management.jmxremote.port", "9").forEach(properties::setProperty);
    return CarriedOptions.of(ARGUMENTS, properties, modular, carried);
  }

  @ParameterizedTest
  @EnumSource(Carried.class)
  void setting_alone_givesItsOptions_andSwitchedOff_noneOfThem(Carried setting) {
    List<String> its = MODULAR.get(setting);
    assertThat(options(true, EnumSet.of(setting))).containsExactlyElementsOf(its);
    assertThat(options(true, EnumSet.complementOf(EnumSet.of(setting)))).isNotEmpty().doesNotContainAnyElementsOf(its);
  }

  @Test
  void everythingSwitchedOff_givesNone() {
    assertThat(options(true, Set.of())).isEmpty();
    assertThat(options(false, Set.of())).isEmpty();
  }

  @Test
  void classPath_hasNoModulesToChange() {
    assertThat(options(false, EnumSet.of(Carried.MODULES))).containsExactly("--add-modules=jdk.httpserver",
        "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-exports=java.base/sun.nio=ALL-UNNAMED");
  }
}
