package io.llmplatform.projections.search;

import io.llmplatform.projections.runtime.Target;
import java.time.YearMonth;
import java.util.List;

/** Months whose index was made: one that is not there was lost. */
interface SearchMonths {
    record Month(Target target, YearMonth month) {}

    /** In their order. */
    List<YearMonth> of(Target target);

    /** One that is there already changes nothing. */
    void add(Target target, YearMonth month);

    /** Of every build of a projection. */
    List<Month> before(String projection, YearMonth before);

    void remove(Target target, YearMonth month);

    void remove(Target target);
}
