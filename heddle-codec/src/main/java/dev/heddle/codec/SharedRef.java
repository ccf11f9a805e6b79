package dev.heddle.codec;

import java.io.Serializable;

/** Stands in a serialized graph for an array in shared memory. */
record SharedRef(int index) implements Serializable {}
