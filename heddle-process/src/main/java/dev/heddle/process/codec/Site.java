package dev.heddle.process.codec;
public final class Site { public int id() { return 0; } public byte[] definition() { return new byte[0]; } }
