"""The big screen of the 321 centre: scenes of figures; a matter is a topic and a town, nobody is named."""
