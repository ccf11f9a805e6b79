package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Starts programs in virtual machines of their own, with an agent or without. */
final class AgentJvm {
  /** The option for agents that leave bodies alone, which none of those here does. */
  static final String TRUSTED = "-Ddev.heddle.iter.trustAgents=true";

  private AgentJvm() {}

  /** Returns the option that starts {@link WeavingAgent}, whose jar is written into a folder. */
  static String weaver(Path folder, String kind) throws IOException {
    return "-javaagent:" + weaverJar(folder) + "=" + kind;
  }

  /** Returns the jar of {@link WeavingAgent}, which is written into a folder. */
  static Path weaverJar(Path folder) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", WeavingAgent.class.getName());
    manifest.getMainAttributes().putValue("Agent-Class", WeavingAgent.class.getName());
    manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
    Path jar = folder.resolve("agent.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close(); // its class is on the class path
    return jar;
  }

  /** Returns the option that starts JaCoCo's agent on the classes of a package. */
  static String jacoco(String classes) throws ClassNotFoundException {
    return "-javaagent:" + location(Class.forName("org.jacoco.agent.rt.RT"))
        + "=output=none,inclnolocationclasses=true,includes=" + classes;
  }

  static String location(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString())).toString();
  }

  /** Runs a program that has a class path of its own and that of this test; returns what it prints. */
  static String run(Path folder, List<String> options, String classPath, String... program)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(options);
    command.add("-cp");
    command.add(
        classPath + File.pathSeparator + location(AgentJvm.class) + File.pathSeparator
            + System.getProperty("java.class.path"));
    command.addAll(List.of(program));
    Path output = folder.resolve("output.txt");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      assertThat(process.waitFor(200, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }
}
