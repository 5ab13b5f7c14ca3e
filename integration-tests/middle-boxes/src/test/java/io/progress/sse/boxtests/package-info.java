/**
 * An application behind proxies and gateways: its events arrive one by one through each
 * of them.
 */
@NullMarked
package io.progress.sse.boxtests;

import org.jspecify.annotations.NullMarked;
