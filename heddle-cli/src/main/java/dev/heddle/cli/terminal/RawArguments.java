package dev.heddle.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The arguments of this program as the system has them: Java replaces bytes in them that the locale cannot decode. */
public final class RawArguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline"); // on Linux; elsewhere arguments are Unicode

  private RawArguments() {}

  /** Returns the arguments of {@code main} in the form of {@link Utf8Bytes}. */
  public static String[] of(String[] args) {
    if (Arrays.stream(args).allMatch(arg -> arg.chars().allMatch(c -> c < 0x80 && c != '?'))) { // ? may replace a byte
      return args;
    }
    try {
      List<String> all = split(Files.readAllBytes(COMMAND_LINE));
      return all.size() < args.length
          ? args
          : all.subList(all.size() - args.length, all.size()).toArray(String[]::new);
    } catch (IOException e) {
      return args; // not Linux
    }
  }

  private static List<String> split(byte[] bytes) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        parts.add(Utf8Bytes.decode(Arrays.copyOfRange(bytes, start, i)));
        start = i + 1;
      }
    }
    return parts;
  }
}
