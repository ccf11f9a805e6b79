package dev.heddle.process.codec;
public record EncodedTask(Site site, byte[] payload) {}
