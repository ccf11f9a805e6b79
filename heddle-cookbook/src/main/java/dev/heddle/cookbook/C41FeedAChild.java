package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.ThreadPool;
import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.ProgramNotFoundException;
import dev.heddle.subprocess.Subprocess;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Passes random bytes on standard input and a password in the environment to child processes, and reads their output. */
final class C41FeedAChild extends Recipe {
  private static final Command ENCRYPT = Subprocess
      .command("openssl", "enc", "-aes-256-cbc", "-pbkdf2", "-pass", "env:password")
      .withVariable("password", "shed, pick and beat")
      .withCheck();
  private static final Command DECRYPT = Command.of(Stream.concat(ENCRYPT.args().stream(), Stream.of("-d")).toList())
      .withVariable("password", "shed, pick and beat")
      .withCheck();

  C41FeedAChild() {
    super(
        "Feed children on standard input, with a variable of the environment",
        """
            Three openssl processes encrypt ten random bytes each, concurrently. Their output is binary: the salt and a block.
            The input may be of any size: it is written while the output is read. If openssl is missing, the error says so.""");
  }

  @Override
  public void run(PrintStream out) {
    List<byte[]> secrets = Stream.generate(C41FeedAChild::randomBytes).limit(3).toList();
    try (Executor executor = ThreadPool.virtual()) {
      List<byte[]> encrypted = executor.map(C41FeedAChild::encrypt, secrets).toList();
      for (byte[] bytes : encrypted) {
        out.println(HexFormat.of().formatHex(bytes, bytes.length - 10, bytes.length) + ", the last 10 of " + bytes.length);
      }
      List<byte[]> decrypted = executor.map(C41FeedAChild::decrypt, encrypted).toList();
      out.println("Decrypted, they are the same: " + Arrays.deepEquals(secrets.toArray(), decrypted.toArray()));
    } catch (TaskFailedException e) {
      if (!(e.getCause() instanceof ProgramNotFoundException missing)) {
        throw e;
      }
      out.println(missing.getMessage());
    }
  }

  static byte[] randomBytes() {
    byte[] bytes = new byte[10];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  static byte[] encrypt(byte[] secret) {
    return ENCRYPT.withInput(secret).run().stdoutBytes();
  }

  private static byte[] decrypt(byte[] encrypted) {
    return DECRYPT.withInput(encrypted).run().stdoutBytes();
  }
}
