"""The big screen (大屏) of the 321 centre and the page that makes its address."""
