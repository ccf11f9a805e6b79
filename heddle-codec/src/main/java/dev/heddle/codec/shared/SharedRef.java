package dev.heddle.codec.shared;

import java.io.Serializable;

/** Replaces an array in a serialized graph if the array is in shared memory. */
public record SharedRef(int index) implements Serializable {}
