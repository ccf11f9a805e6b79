package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.ThreadPool;
import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.CompletedPipeline;
import dev.heddle.subprocess.ProgramNotFoundException;
import dev.heddle.subprocess.Subprocess;
import java.io.PrintStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Connects the output of one child to the input of another: openssl encrypts, and a second one computes the digest. */
final class C42ChainChildren extends Recipe {
  /** With a fixed salt, so that the same bytes can be digested here too. */
  private static final Command ENCRYPT = Subprocess
      .command("openssl", "enc", "-aes-256-cbc", "-pbkdf2", "-pass", "env:password", "-S", "0123456789abcdef")
      .withVariable("password", "shed, pick and beat");
  private static final Command DIGEST = Subprocess.command("openssl", "dgst", "-sha256", "-r");

  private record Digests(CompletedPipeline byChildren, String inProcess) {
    String chained() {
      return byChildren.stdout().split(" ", 2)[0];
    }
  }

  C42ChainChildren() {
    super(
        "Chain child processes",
        """
            A pipe of the operating system connects them: no byte passes through this JVM, and neither end stays open in it. The
            exit codes of both are reported. The three digests equal those computed in this process.""");
  }

  @Override
  public void run(PrintStream out) {
    List<byte[]> secrets = Stream.generate(C41FeedAChild::randomBytes).limit(3).toList();
    try (Executor executor = ThreadPool.virtual()) {
      for (Digests digests : executor.map(C42ChainChildren::digests, secrets)) {
        out.println(digests.chained() + ", exit codes " + digests.byChildren().exitCodes()
            + (digests.chained().equals(digests.inProcess()) ? ", the same in-process" : ", NOT " + digests.inProcess()));
      }
    } catch (TaskFailedException e) {
      if (!(e.getCause() instanceof ProgramNotFoundException missing)) {
        throw e;
      }
      out.println(missing.getMessage());
    }
  }

  private static Digests digests(byte[] secret) {
    Command encrypt = ENCRYPT.withInput(secret);
    CompletedPipeline byChildren = Subprocess.pipeline(encrypt, DIGEST).withCheck().run();
    return new Digests(byChildren, sha256(encrypt.withCheck().run().stdoutBytes()));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
