package dev.heddle.process.codec;
import java.io.*;
import org.jspecify.annotations.Nullable;
public final class Values {
  public static byte[] encode(@Nullable Object o) {
    try { var b = new ByteArrayOutputStream(); var s = new ObjectOutputStream(b); s.writeObject(o); s.flush(); return b.toByteArray(); }
    catch (IOException e) { throw new UncheckedIOException(e); }
  }
  public static @Nullable Object decode(byte[] b) throws Exception { return new ObjectInputStream(new ByteArrayInputStream(b)).readObject(); }
}
