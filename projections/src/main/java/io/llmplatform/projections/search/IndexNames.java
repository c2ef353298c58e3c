package io.llmplatform.projections.search;

import io.llmplatform.projections.runtime.Target;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;

/**
 * Names of indices and aliases: {@code llm-audit} is what readers use; {@code llm-audit-b2} is all of build 2;
 * {@code llm-audit-b2-2026.11} is its index of a month, written to by way of an alias of its own, {@code …-write}: writes
 * insist on an alias, so that an index that was lost is never quietly made anew with guessed mappings.
 *
 * @param alias what readers use, with the prefix
 */
record IndexNames(String alias) {
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu.MM");

    String build(Target target) {
        return alias + "-b" + target.build();
    }

    String month(Target target, YearMonth month) {
        return build(target) + "-" + MONTH.format(month);
    }

    String write(Target target, YearMonth month) {
        return month(target, month) + "-write";
    }

    static String text(YearMonth month) {
        return MONTH.format(month);
    }

    static YearMonth month(String text) {
        return YearMonth.parse(text, MONTH);
    }
}
