package io.llmplatform.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Locale;

/** Hands over what the loggers say. */
final class ShippingAppender extends AppenderBase<ILoggingEvent> {
    static final String NAME = "shipping";
    private static final String REQUEST_ID = "request_id";

    private final LogShipper shipper;

    ShippingAppender(LogShipper shipper) {
        this.shipper = shipper;
        setName(NAME);
    }

    @Override
    protected void append(ILoggingEvent event) {
        // What the shipper's own client says about a broker that is away would be shipped to the same broker, for ever.
        if (!event.getLevel().isGreaterOrEqual(Level.INFO) || LogTopic.isOwnThread(event.getThreadName())) {
            return;
        }
        var thrown = event.getThrowableProxy();
        shipper.ship(
                event.getInstant(),
                event.getLevel().toString().toLowerCase(Locale.ROOT),
                event.getLoggerName(),
                event.getThreadName(),
                event.getFormattedMessage(),
                thrown == null ? null : ThrowableProxyUtil.asString(thrown),
                event.getMDCPropertyMap().get(REQUEST_ID));
    }
}
