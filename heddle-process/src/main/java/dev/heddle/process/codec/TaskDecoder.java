package dev.heddle.process.codec;
import java.util.concurrent.Callable;
public final class TaskDecoder {
  public TaskDecoder(ClassSource source) {}
  public void define(int siteId, byte[] definition) {}
  public Callable<?> decode(int siteId, byte[] payload) throws Exception {
    Object o = Values.decode(payload);
    return o instanceof Callable<?> c ? c : () -> { ((Runnable) o).run(); return null; };
  }
}
