package io.github.alice.app.model;

import java.util.ArrayList;

/** A collection of a package below the tasks'. */
public final class Below extends ArrayList<Object> {}
