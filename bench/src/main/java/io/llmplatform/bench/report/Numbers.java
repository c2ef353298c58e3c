package io.llmplatform.bench.report;

import java.util.Locale;

/** Numbers for people: three significant digits, thousands apart. */
final class Numbers {
    private Numbers() {}

    static String plain(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || size == Math.rint(size) && size >= 10 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        var text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return decimals == 0 ? text : text.replaceAll("\\.?0+$", "");
    }

    static String spread(Spread spread) {
        var median = plain(spread.median());
        return spread.min() == spread.max()
                ? median
                : median + " (" + plain(spread.min()) + "–" + plain(spread.max()) + ")";
    }

    static String megabytes(long bytes) {
        return plain(Math.round(bytes / 1e6));
    }
}
