package dev.heddle.process.codec;
public final class TaskEncoder {
  private final Site site = new Site();
  public EncodedTask encode(Object task) { return new EncodedTask(site, Values.encode(task)); }
}
