<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" sourcelanguage="en">
<context>
    <name>overpaint</name>
    <message>
        <source> · {count} more waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 job runs or waits, about {amount}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 job waits from an earlier time; about {price}. Nothing is sent without your word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 job waits from an earlier time; its price is not known. Nothing is sent without your word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 job waits from an earlier time; {price}. Nothing is sent without your word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>200 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A cancel may still be charged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A change of the library in {place} was cut off; nothing can be written there to undo it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A job without an answer ends after this time, and may have been charged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A key is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new library was started from what could be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A picture came and no folder takes it: not the library's, nor {places}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A picture needs at least one layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A provider on this computer: free, and its pictures say DEMO.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A proxy in front of {provider} answered with a page of its own ({status}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A stored picture changed on the disk: {place}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Overpaint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add  (hold Shift)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a picture; where one was sent, send it under the other name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a reference picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a reference picture: click, drop or paste it here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add another, or look at a balance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add reference pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add references to the tray.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add references…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add {kind}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address is not secure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of the server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All providers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All that can be had of this job is here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allowed: key and pictures can be read on their way to another machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Already open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Overpaint uses {place}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another mask colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer is too large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any server that speaks as OpenAI's images API does: OpenAI itself, or a machine of yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apache License 2.0. Icons by Lucide, ISC licence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Applied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apply result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arguments do not fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again in a while; orders can go meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the provider, and do not trust this server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked too often</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authorization: Bearer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Auto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Autosave after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance is not told</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance is used up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance {amount}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bearer is right nearly everywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin jobs again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin no more jobs; what runs goes on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blend mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blend mode of the layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both in one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring that file back from a backup, or run the job again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brush mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel all jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled after it was sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled, and not waited for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot be reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change it where the server says that no picture arrived.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change its permissions or copy it elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change that parameter, or unset it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the order, or choose another model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the prompt or the picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes could not be kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the address, or ask again later; an order tells too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the address; where it is right, an order tells whether the key is good.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the key, or make a new one on the provider's page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the network and the address, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the provider's address and route.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the provider's address, or ask again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check what the key may do, or choose another model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check whether it was moved or renamed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a JPEG, PNG, WebP, TIFF, GIF, AVIF or OpenRaster file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a command to change its keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder for paid pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder that has room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a layer first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a model that edits pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a picture in the gallery first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a picture in the trash first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a picture inside of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another body or route in the provider's settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder or try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another form of mask in the provider's settings, or another model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another variation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of its models or type its id.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of: {models}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the other reference form in the provider's settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose variation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the prompt, or use a word like remove, extend, cut out, select or upscale.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click an object. Shift+click adds, Alt+click takes away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click nearer to its middle, or paint over it with the brush.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to zoom in, Alt+click to zoom out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close other pictures or programs and open it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close other programs or paint a smaller mask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close other programs where memory is short, then start Overpaint again: it is pasted then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the picture, or hide the layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour burn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour dodge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour of the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare with split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy a picture, then paste again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy it again from the provider's page, whole and alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy it to another disk, then open it from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy report for support</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the report and send it to us.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Costs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Costs and limits…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Costs nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Costs today and this month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Could not be saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crop the picture, or send fewer references.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+wheel always zooms at the pointer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut out the subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cutting out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cyan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Darken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data URL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete  (Del)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete kept mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Describe what should be there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Describe what should be there. The local engine needs no words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Development version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discarded. The pictures are in the gallery.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disk is full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag the layer. Arrow keys move it by 1 px, with Shift by 10.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag to compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag to move the view.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a seed that stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw its outline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a picture here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enlarging</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything is masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export 1 picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export from gallery…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export it as PNG or TIFF.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the mask again at the size of the picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export {count} pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported to {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported to {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extend canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extend the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extend to the bottom by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extend to the left by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extend to the right by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extend to the top by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed at the provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feather</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feather mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feather mask…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feather the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feather the mask by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetches what is still to be had and asks what was charged. Free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Field of several pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File is too large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a command…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit in window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Float</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Float the focused panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold the gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold the panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder cannot be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For a day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For a month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For one run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For this session only: it is gone when Overpaint ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Form of references</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Form of the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Form of the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Form of the order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gallery panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generate panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get the file again from where it came.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Green</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grey around the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grow mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grow mask…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grow the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grow the mask by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hard light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Harder brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Have an API key? Add a provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide the layer  (Space)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide the panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the key is sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the mask looks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a file that only you can read. Every program that you run can read it too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the system's keyring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install Overpaint again to bring it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invert mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is deleted when you close this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can be asked again {when}, or raise the limit there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can be asked again {when}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It goes on by itself when there is one again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It goes to this address alone, never into a log, a project or a picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has listed no models yet. Paste a key, or type a model's id above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may have been charged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes {allowed}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was charged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was not touched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was paid for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was sent: it may still be charged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its bytes are kept in the library; ask the provider, or run it again for new ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its bytes are kept in the library; run it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JPEG, PNG, WebP, TIFF, AVIF, GIF or OpenRaster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jobs appear here from Run until you remove them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jobs at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jobs: {outcomes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep for later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep for this session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep for this session only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep in a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it in the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the colour profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept masks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key cannot be checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key file is open to others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key for this session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key is good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key is good, this session only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key lies in a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key not checked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyring does not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyring is locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys can be kept for this session only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of TIFF is not read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Larger brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lasso mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer is hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer is locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer opacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers appear here once a picture is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave some of the picture unpainted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave some of the picture unpainted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Library is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Library is newer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Library was behind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Library was damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Library was left unfinished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lighten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit for a day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit for a month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit for one run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit is reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load a mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load mask from file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Local engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Local tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock the layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again at all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again, for free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the provider's account before you run it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the provider's page; the key may be good all the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for its prompt, or keep the key for this session only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for the key…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for the object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Luminosity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Magenta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make it a plain file that only you can read, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make room or choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make room, then open it from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make that folder one that you can write in, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the pictures smaller and ask again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making a preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Many image models behind one key, paid from a balance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask does not fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask eraser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask from layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask {share}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks that you keep with the picture appear here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May have been charged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring the size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message of the desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model file missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model is not there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More ({count}, {set} set)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More are quicker, and more are refused for haste.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mouse wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move it above another layer first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move layer content</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move layer down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move layer up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Multipart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Multipart sends files, JSON sends text. Auto takes what the documents name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Multiply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Naga</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NanoGPT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NanoGPT, Naga or a server of your own, with a key of yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New from clipboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next candidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next candidate  (Tab)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next variation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer came</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No command of this name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No job is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No job waits to be sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No keyring of the system answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No list names it: what it takes and costs is not known before it is asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No object was found at that place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No order was refused for this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No permission</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture arrived</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture came</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture is starred yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No provider yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No result waits on the canvas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No side of the picture is pulled out yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No starred picture is in the trash.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No such job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No such picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Normal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not all of it came</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not allowed there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not applied yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not enough memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not who it says it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing can be written in {place}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found for “{words}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing in the trash is ever deleted. Restore brings a picture back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is lost yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is sent. Click to set it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing leaves until it is; check the address and this computer's clock.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing more to fetch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to extend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was charged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was moved to the trash lately.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was sent yet, so nothing is charged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was sent, as a reference cannot be read. Run again goes without it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was sent, as another picture was opened meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only Run costs, and the price stands beside it. Checking the key and listing models is free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only Run costs. Adding a provider, its key and its list of models are free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacity of the layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a picture first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a picture first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open account page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open as copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open costs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open from gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open its last copy, or look for a recovered one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open or drop a picture first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open providers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open sample picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open {title} as a copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OpenAI's image models and others behind one key, paid from a balance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OpenRaster project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening makes a copy; what was saved before stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order was not understood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outcome unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overpaint ended after this job was sent and before the whole answer came.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overpaint ended while this job ran.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overpaint made a mistake of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Own server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint a mask, say what should be there, keep every result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint over what should change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint over what should change first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint over what should change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameter does not fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameter was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste as layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste as reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste one in the provider's settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste the key here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasting the result into the whole picture failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path of edits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pattern of the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pen pressure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pen pressure changes the opacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pen pressure changes the size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture cannot be saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture is too large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture moved to trash.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture not fetched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture restored to the gallery.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures and projects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures are gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures are missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures in the answer, or addresses to fetch them from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures that were not saved when Overpaint ended appear here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plain data URLs, or an object around each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press a new key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous candidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous candidate  (Shift Tab)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous variation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Price is not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the running job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt is too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provider is unwell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provider made no picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Providers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Providers and keys…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pull an edge of the picture outwards.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the panel back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queue ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raise limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raise the limit, wait, or choose what costs less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading {name} failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recover unsaved pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recover unsaved pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rectangle mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Red</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference {number}: {name}, {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>References</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>References were refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove all of these cards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the card of {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the key {key}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove what is masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove {name}? Its key is forgotten. Its jobs and pictures stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename  (F2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename kept mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore from trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore its settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result is not pasted yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rough preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Route</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Route does not fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run it again for new ones; that is charged anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run it again for new pictures; that is charged anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run it again from the queue.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run it again; the engine starts anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run without sending the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run · {price}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it in another folder, or close the window once more to leave without them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it in another program as TIFF with 8 or 16 bits, or as PNG.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save mask as file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save project as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale it down in another program, then open it here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scrolls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by name, id or provider, or type an id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search commands and keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds until a change is safe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See overpaint --help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See overpaint gallery.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See overpaint jobs before you run it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See overpaint jobs show {job} before you run it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See overpaint jobs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See the log, then start Overpaint again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select an object first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send again with the other field name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send again {price}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send again · price unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send an order; where the key is refused nothing is charged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send orders whose price is not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send the crop alone; the answer is pasted back under the mask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send waiting jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send with the other field name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send without mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send {count} waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send {count} waiting, {price}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent again, smaller. {provider} gets at most {most} from now on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent again. {provider} gets pictures as {field} from now on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent: the prompt, the frame that you see on the canvas, its mask and the references that are on. Nothing else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the provider's route to auto.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set up {provider}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings were damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shorten it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show log folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show on the canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show original while held</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show starred pictures only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the layer  (Space)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show {count} more problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shrink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shrink and ask again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shrink and send again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shrink mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shrink mask…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shrink the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size was refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Soft light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Softer brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some servers call it edit. Change it where edits are not found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split between before and after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Star</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the window: it keeps the damaged file and makes a new library of what can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped by your limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped on the way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stored picture is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strength</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strength of the mask colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stripes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Subtract</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Subtract  (hold Alt)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Swap paint and erase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch some off in the reference tray.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take from the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the limit off, or allow orders whose price is not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes no mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes no pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is in the trash already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is no key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Overpaint window closed before it had done this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer is not a picture that can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer of {provider} holds no picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer of {provider} is larger than {limit} MB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The balance at {provider} does not cover this order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The balance does not cover this run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of {provider} at {host} is not good: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clipboard holds no picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to {provider} broke after the order was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The damaged file was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The damaged file was kept; your pictures are still on disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine could not do it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine does not start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file that was there is unchanged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {name} of the local engine is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job was cancelled, and its end was not waited for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key holds {found}, which no key does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key would lie unencrypted in a file of the settings folder. Only your account can read it, but every program that you run can, and so can a copy of the folder. This page says so as long as it lies there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring of the system did not answer within {seconds} seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring of the system is locked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last good list stays in use; a model's id can be typed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layer {name} is hidden.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layer {name} is locked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library in {place} did not know some of its pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library in {place} is damaged and cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library in {place} was damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library in {place} was made by a newer Overpaint.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The limit of this key at {provider} is reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The local engine could not be started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The local engine could not finish this job.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The local engine is free and the playground takes play money: neither counts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The local engine ran out of memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The local engine removes, fills and extends without one. Models that read a prompt are elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The local engine stopped in the middle of the work.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mask is empty, so nothing would change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mask is there but not shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mask is {mask} and the picture is {picture}; they must be the same size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The new picture is in the gallery.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The order had left for {provider} before it was cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The order is larger than {provider} takes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The order is {size} and {provider} takes {limit}; it cannot be made smaller here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The playground is on: it takes play money alone, and its pictures say DEMO.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program started with its own settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The prompt has {length} {unit}; {model} takes {limit}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The prompt is too long for this model. {said}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report is in the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The result itself is kept in the gallery.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The route {route} cannot carry this order: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same order once more, as a new job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings in {place} could not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The trash is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole picture is masked, so there is nothing left to fill from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their address lasts about an hour; the provider's page may still show them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme of the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no job {job}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no key for {provider} yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no layer below {name} to merge with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture to work on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture {id} in the gallery.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no provider named {provider}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no room left in {place}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory to open {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to recover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These pictures were not saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They were put back with their prompts; look through the gallery.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has no network; {provider} cannot be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This engine removes and fills; it does not read prompts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This layer has no other variation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model of {provider} does not make that size. {said}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model of {provider} needs a mask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model of {provider} takes no pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This needs a remote provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This page is missing. Install Overpaint again to bring it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Those that were sent may still be charged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too large for the provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too large for this format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too large to send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many orders at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Took too long there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top up at the provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top up there, then run it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transparent (OpenAI)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again with a smaller mask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try another picture, or a smaller one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try it without paying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try models without paying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try without paying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type an amount like 5 or 0.50.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo move to trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unfold the panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock it in the layer list, or work on a copy of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock it, or keep the key for this session only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock the layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unsaved work is kept aside after this time, so that it comes back after a crash.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update Overpaint, or give another folder with --data-dir.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uploading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upscale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use an https address, or allow plain http in its settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use as reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use its window or wait for its end, or give another folder with --data-dir.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use kept mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use one of: {providers}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the theme's grey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use “{model}” of {provider}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variation {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variations at the start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting in the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happens to the mask that is there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is larger is scaled down before it is sent. 0: the provider's own limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What marks the place to change. Change it where the wrong part is redrawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What should be done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What should be done, on this computer, free of charge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the brush does to the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What would pass a limit is not sent. An empty field sets none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you do appears here step by step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What {provider} answered is not what was agreed on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What {provider} sent is no balance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What {provider} sent is no list of models.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where a limit is set and this is off, such orders are stopped: no limit can hold them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where should paid pictures go?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where {host} is right, set it as the provider's address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which of the provider's ways an order takes. Auto chooses by what is sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>White (NanoGPT)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With or without /v1 at its end. At another server the key is asked for again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without encryption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without it the file says nothing of how it was made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Working</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write prompt, model and the mark of AI-made pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write what should be made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write what you want to see</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing {place} failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrong address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You set a limit, and {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your limit is reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your picture is as it was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your pictures are still on disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom to mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zooms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {amount}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {range}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {range} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and 1 job of which neither cost nor price is known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and 1 job whose cost is not known, about {amount} by its price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {count} jobs of which neither cost nor price is known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {count} jobs whose cost is not known, about {amount} by their price</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changes the brush size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changes the opacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cost unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cost unknown ({price})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from {amount}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>generations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hidden</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hiding the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>longer than usual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>may have cost {price}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model takes none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not charged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not saved yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>own limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>price unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>prompt, model, provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>random</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>removes, fills, extends, selects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>replaces the file that is there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saved {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>starred</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopping what is begun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text to image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under {time} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>when a job ends and the window is not in front</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>x-api-key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{amount} spent or set aside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{button} at {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{cost} instead of {price}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} jobs expired: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} jobs failed: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} jobs may have been charged: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} jobs run or wait, about {amount}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} jobs wait from an earlier time; about {price}. Nothing is sent without your word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} jobs wait from an earlier time; their price is not known. Nothing is sent without your word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} jobs wait from an earlier time; {price}. Nothing is sent without your word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} may have been charged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} new pictures are in the gallery.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} pictures exported to {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} pictures moved to trash.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} pictures restored to the gallery.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} pictures would be sent; {model} takes {limit}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} references</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{format} holds at most {limit} pixels a side; the picture is {width} x {height}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} is kept for {use}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} is the key of “{title}”. Adding it takes it from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{low} to {high} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{low} to {high} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} failed: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} may have been charged: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} needs a prompt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} needs references: at least {limit}, and there are {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} takes no mask on this route.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model}: the picture is there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model}: {count} pictures are there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}
Click: on or off. Drag: another place. Delete: remove.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} (a quick preview)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} can be read by others than you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} ends before the picture is complete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has changes that are in no file. {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has no bytes in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has {bits} bits a channel and is opened with 8. Its file stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has {bits} bits a channel and is opened with 8; what is brighter than white is cut. Its file stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a TIFF of a kind that is not read here; nothing is wrong with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is larger than {limit} GB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not a picture that can be opened here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not a project that can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is {width} x {height} pixels; the limit is {limit} megapixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} may not be read by you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was made or changed by another program. Saving makes a new file; the old one stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was not laid over, as another picture was opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was not opened, as another picture was asked for after it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was not saved. It is kept for you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: back to default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: default. Set it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number}nd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number}rd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number}st</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number}th</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{on} of {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{on} of {most}: switch {more} off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{phase} ({place})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{phase} {percent}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} answered {answer}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} answered {status} to a free question.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} at {host} cannot be reached: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} cannot read orders in the form that was sent. {said}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} cannot use a picture of the order. {said}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} cannot use the mask. {said}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} did not answer within {seconds} seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} does not accept the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} does not allow this with your key. {said}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} does not answer this question.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} does not have this model. {said}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} does not know the address that was asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} does not make this: its rules forbid it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} does not take references in the form that was sent. {said}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} does not take what was set. {said}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} failed while it had the order. {said}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} found no picture in the order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} gave up waiting for its own result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} has no model named {model}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} has put the pictures at an address that is not safe to open: {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} made no picture of this and does not say why; often its rules forbid it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} made the pictures, and fetching them from {host} failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} made the pictures, and what came is no picture that can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} made the pictures, and {host} no longer has them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} needs a model to be chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} refused the order. {said}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} said yes and sent no picture. {said}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} sends orders on to {host}; this is not followed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} shows its models to anyone; only an order can tell.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} takes no more orders right now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} tells the balance only to a provisioning key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} wants a key, and none was given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} wants to be told a model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{provider} was asked too often; ask again in a while.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{reason} The picture was saved at {place}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{reason} {came} of {ordered} pictures came whole and can be found in the gallery.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{run} {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share} of the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{url} would send the key and the pictures unencrypted to another machine.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
