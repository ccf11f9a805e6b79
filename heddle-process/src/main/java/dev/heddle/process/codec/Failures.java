package dev.heddle.process.codec;
public final class Failures {
  public static byte[] encode(Throwable t) { try { return Values.encode(t); } catch (Throwable e) { return Values.encode(new RuntimeException(String.valueOf(t))); } }
  public static Throwable decode(byte[] b) { try { return (Throwable) Values.decode(b); } catch (Throwable e) { return e; } }
}
