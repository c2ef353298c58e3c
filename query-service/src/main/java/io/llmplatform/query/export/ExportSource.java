package io.llmplatform.query.export;

import io.llmplatform.query.access.Person;
import io.llmplatform.query.page.Page;
import org.jspecify.annotations.Nullable;

/** A list that can be exported: the same rows that the person sees page by page. */
public interface ExportSource {
    /** The most that a page holds. */
    int PAGE = 500;

    /** As in the path, such as {@code users}. */
    String section();

    Page<?> page(Person person, @Nullable String cursor);
}
