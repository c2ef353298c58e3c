package io.llmplatform.query.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param nextCursor absent at the end */
public record Page<T>(List<T> data, @Nullable String nextCursor) {}
