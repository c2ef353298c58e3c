package io.llmplatform.projections.usage;

import org.jspecify.annotations.Nullable;

/** Where a request came from. */
record Origin(@Nullable String ip, @Nullable String userAgent) {
    long id() {
        return new Parts().add(ip).add(userAgent).hash();
    }
}
